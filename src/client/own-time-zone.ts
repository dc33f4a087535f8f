/** Preselects the browser's time zone in a new account's form, unless one was chosen before. */
export function chooseOwnTimeZone(): void {
  const select = document.querySelector<HTMLSelectElement>('select[data-own-time-zone]')
  if (!select || select.querySelector('option[selected]')) return
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  if ([...select.options].some((option) => option.value === own)) select.value = own
}
