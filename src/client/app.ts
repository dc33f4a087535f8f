import 'htmx.org'
import 'htmx-ext-sse'
import { autosave } from './autosave.js'
import { countDown } from './count-down.js'
import { guardUnsaved } from './guard-unsaved.js'
import { keepTyped } from './keep-typed.js'
import { chooseOwnTimeZone } from './own-time-zone.js'
import { showPickers, startPicturePickers } from './picture-picker.js'
import { startPictureUploads } from './picture-upload.js'
import { refreshLive } from './refresh-live.js'
import { reloadWhenFinished } from './reload-when-finished.js'
import { stepByKeys } from './step-keys.js'

chooseOwnTimeZone()
document.addEventListener('htmx:load', ({ target }) => {
  if (!(target instanceof Element)) return
  void openEditors(target)
  startPictureUploads(target)
  showPickers(target)
})
guardUnsaved(autosave())
stepByKeys()
keepTyped()
countDown()
startPicturePickers()
reloadWhenFinished()
refreshLive()

// The editor is most of the code and few pages need it.
async function openEditors(root: Element): Promise<void> {
  const fields = [...root.querySelectorAll<HTMLTextAreaElement>('textarea[data-rich-text]')]
  if (fields.length === 0) return
  const { openEditor } = await import('./rich-text.js')
  for (const field of fields) openEditor(field)
}
