import { z } from 'zod'

/** Ticked boxes: none, one or many ids; what is no id is left out. */
export const tickedLists = z.preprocess(
  (value) => [value].flat().filter((id) => z.uuid().safeParse(id).success),
  z.array(z.string()),
)
