import 'htmx.org'
import 'htmx-ext-sse'
import { chooseOwnTimeZone } from './own-time-zone.js'

chooseOwnTimeZone()
