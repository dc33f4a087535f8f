import 'htmx.org'
import 'htmx-ext-sse'
import { guardUnsaved } from './guard-unsaved.js'
import { chooseOwnTimeZone } from './own-time-zone.js'
import { reloadWhenFinished } from './reload-when-finished.js'

chooseOwnTimeZone()
guardUnsaved()
reloadWhenFinished()
