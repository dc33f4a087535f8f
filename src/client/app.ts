import 'htmx.org'
import 'htmx-ext-sse'
import { autosave } from './autosave.js'
import { followBrand } from './brand-preview.js'
import { keepPlace } from './composer-focus.js'
import { composeByKeys } from './composer-keys.js'
import { startLibrary } from './composer-library.js'
import { startMoving } from './composer-move.js'
import { mindSwaps } from './composer-swaps.js'
import { countDown } from './count-down.js'
import { guardUnsaved } from './guard-unsaved.js'
import { keepTyped } from './keep-typed.js'
import { chooseOwnTimeZone } from './own-time-zone.js'
import { showPickers, startPicturePickers } from './picture-picker.js'
import { startPictureUploads } from './picture-upload.js'
import { openByPreview } from './preview-clicks.js'
import { refreshLive } from './refresh-live.js'
import { reloadWhenFinished } from './reload-when-finished.js'
import { changeSegments } from './segment-form.js'
import { stepByKeys } from './step-keys.js'
import { submitAtOnce } from './submit-at-once.js'

chooseOwnTimeZone()
document.addEventListener('htmx:load', ({ target }) => {
  if (!(target instanceof Element)) return
  void openEditors(target)
  void letDrag(target)
  openByPreview(target)
  void openTemplates(target)
  submitAtOnce(target)
  startPictureUploads(target)
  showPickers(target)
})
const saving = autosave()
guardUnsaved(saving)
mindSwaps(saving)
keepPlace()
stepByKeys()
startLibrary()
startMoving()
composeByKeys()
keepTyped()
countDown()
startPicturePickers()
reloadWhenFinished()
refreshLive()
followBrand()
changeSegments()

// The editor is most of the code and few pages need it.
async function openEditors(root: Element): Promise<void> {
  const fields = [...root.querySelectorAll<HTMLTextAreaElement>('textarea[data-rich-text]')]
  if (fields.length === 0) return
  const { openEditor } = await import('./rich-text.js')
  for (const field of fields) openEditor(field)
}

async function letDrag(root: Element): Promise<void> {
  if (
    !root.querySelector('#outline, [data-library-items]') &&
    !root.matches('[data-library-items], #library-items')
  )
    return
  const { startDragging } = await import('./composer-drag.js')
  startDragging(root)
}

async function openTemplates(root: Element): Promise<void> {
  const field = root.querySelector<HTMLTextAreaElement>('textarea[data-template-editor]')
  if (!field) return
  const { openTemplateEditor } = await import('./template-editor/open-editor.js')
  await openTemplateEditor(field)
}
