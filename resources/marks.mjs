// Ties an input to the words that say what is wrong with it.

/** What the user sees of an input: of a typed one, the widget hides the input itself and shows its own. */
export function visible(input) {
  const shown = input.next('.red-ui-typedInput-container').find('.red-ui-typedInput-input')
  return shown.length > 0 ? shown : input
}

/** Names an input; of a typed one, what is seen of it: the buttons too, for some show nothing but an icon. */
export function call(input, name) {
  visible(input).attr('aria-label', name)
  input.next('.red-ui-typedInput-container').find('button').attr('title', name)
}

/** The words in the element `id` belong to the input. */
export const describe = (input, id) => visible(input).attr('aria-describedby', id)

/** Writes the words, unless they stand there: who listens would hear them again with every key. */
export function tell(element, words) {
  if (element.text() !== words) element.text(words)
}

/** Shows, and says to those who cannot see it, whether an input is wrong. */
export function mark(input, isWrong) {
  input.add(input.next('.red-ui-typedInput-container')).toggleClass('input-error', isWrong)
  visible(input).attr('aria-invalid', String(isWrong))
}
