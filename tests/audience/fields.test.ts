import fc from 'fast-check'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { archiveField } from '../../src/audience/fields/archive-field.js'
import { createField } from '../../src/audience/fields/create-field.js'
import { FieldForm } from '../../src/audience/fields/field-form.js'
import { keyProblem, suggestKey } from '../../src/audience/fields/field-key.js'
import { fieldOf, fields } from '../../src/audience/fields/fields.js'
import { moveField } from '../../src/audience/fields/move-field.js'
import { reviseField } from '../../src/audience/fields/revise-field.js'
import { InvalidError, NotFoundError } from '../../src/errors.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const keys = async () => (await fields(world)).map(({ key }) => key)
const details = (input: Parameters<typeof FieldForm.parse>[0]) => FieldForm.parse(input)
const person = (email: string, values: Record<string, string>) =>
  addSubscriber(world, { email, fields: values, listIds: [], note: 'Fair' })
const valueOf = async (id: string, key: string) =>
  (await world.db.selectFrom('subscriber').select('fields').where('id', '=', id).executeTakeFirstOrThrow())
    .fields[key]

describe('the key of a field', () => {
  it.each([
    ['Company size', 'COMPANY_SIZE'],
    ['Größe der Firma', 'GROSSE_DER_FIRMA'],
    ['Šventė', 'SVENTE'],
    ['  3rd name! ', 'RD_NAME'],
    ['新聞', ''],
  ])('of “%s” is suggested as %s', (label, key) => {
    expect(suggestKey(label)).toBe(key)
  })

  it('is always one that can be taken, or none', () => {
    fc.assert(
      fc.property(fc.string(), (label) => {
        const key = suggestKey(label)
        if (key !== '' && key !== 'EMAIL') expect(keyProblem(key)).toBeNull()
      }),
    )
  })
})

describe('a field', () => {
  it('is added at the end with the key of its label, and no key twice', async () => {
    expect(await createField(world, { label: 'Firm size', type: 'number', isOnForms: true })).toBe(
      'FIRM_SIZE',
    )
    expect((await keys()).at(-1)).toBe('FIRM_SIZE')
    await expect(createField(world, { label: 'Firm size' })).rejects.toThrow('There is a field FIRM_SIZE')
    await expect(createField(world, { label: 'Mail', key: 'EMAIL' })).rejects.toThrow('is the address itself')
    await expect(createField(world, { label: 'Mail', key: 'lower' })).rejects.toThrow(InvalidError)
    await expect(createField(world, { label: '新聞' })).rejects.toThrow('A key is')
    await expect(createField(world, { label: 'Colour', type: 'choice' })).rejects.toThrow('Write the choices')
    const twice = createField(world, { label: 'Colour', type: 'choice', choices: 'red\nRED' })
    await expect(twice).rejects.toThrow('the same')
  })

  it('moves one place at a time, and no further than the ends', async () => {
    const before = await keys()
    await moveField(world, { key: before[1] ?? '', direction: 'up' })
    expect(await keys()).toEqual([before[1], before[0], ...before.slice(2)])
    await moveField(world, { key: before[1] ?? '', direction: 'up' })
    await moveField(world, { key: before[1] ?? '', direction: 'down' })
    expect(await keys()).toEqual(before)
    await expect(moveField(world, { key: 'NOBODY', direction: 'up' })).rejects.toThrow(NotFoundError)
  })

  it('takes another type only when everything that is stored fits, and keeps it as the type does', async () => {
    await createField(world, { label: 'Since', type: 'text' })
    const ada = await person('ada@example.org', { SINCE: '007' })
    const ben = await person('ben@example.org', { SINCE: 'long ago' })
    const toNumber = () => reviseField(world, 'SINCE', details({ label: 'Since', type: 'number' }))
    await expect(toNumber()).rejects.toThrow('1 person has something in this field that does not fit.')
    expect(await valueOf(ada, 'SINCE')).toBe('007')
    expect((await fieldOf(world, 'SINCE')).type).toBe('text')
    await person('ben@example.org', { SINCE: '1999.50' })
    await toNumber()
    expect(await valueOf(ada, 'SINCE')).toBe('7')
    expect(await valueOf(ben, 'SINCE')).toBe('1999.5')
    const choices = details({ label: 'Since', type: 'choice', choices: '7\n8' })
    await expect(reviseField(world, 'SINCE', choices)).rejects.toThrow('does not fit')
    await reviseField(world, 'SINCE', details({ label: 'Since', type: 'choice', choices: '1999.5\n7' }))
    expect(await fieldOf(world, 'SINCE')).toMatchObject({ type: 'choice', choices: ['1999.5', '7'] })
    await expect(reviseField(world, 'NOBODY', choices)).rejects.toThrow(NotFoundError)
  })

  it('goes to the archive with what people have in it, and comes back', async () => {
    const eve = await person('eve@example.org', { CITY: 'Oulu' })
    await archiveField(world, { key: 'CITY', isArchived: true })
    expect(await keys()).not.toContain('CITY')
    expect((await fields(world, { isArchiveShown: true })).at(-1)).toMatchObject({ key: 'CITY' })
    expect(await valueOf(eve, 'CITY')).toBe('Oulu')
    await archiveField(world, { key: 'CITY', isArchived: false })
    expect(await keys()).toContain('CITY')
  })
})
