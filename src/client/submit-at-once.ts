/** Sends forms marked `data-submit-at-once`, which fill a frame of their page, as soon as the page is there. */
export function submitAtOnce(root: Element): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-submit-at-once]'))
    form.requestSubmit(form.querySelector<HTMLButtonElement>('button'))
}
