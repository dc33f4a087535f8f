import { type Request, type Response, Router } from 'express'
import { maskAddress } from '../../audience/address.js'
import {
  type AddressChange,
  type ChangeLink,
  changeAddress,
  findAddressChange,
} from '../../audience/change-address.js'
import { type ErasureNeeds, eraseSubscriber } from '../../audience/erase-subscriber.js'
import { wasErased } from '../../audience/erasures.js'
import { type OpenedMail, openMail } from '../../audience/mails/open-mail.js'
import { personalData, personalDataCsv } from '../../audience/personal-data.js'
import { readRowToken } from '../../audience/tokens.js'
import type { Context } from '../../context.js'
import { ExpiredError, NotFoundError } from '../../errors.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

type Needs = Pick<Context, 'queues'> & ErasureNeeds
type Opened = Request<{ token: string }>

/** `/downloads/:token`: all that is kept about the person who reads the mailbox, as two files. Nothing here changes anything. */
export function downloadRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(subscriberHeaders)
  const dataOf = async (req: Opened) => {
    const mail = await openMail(ctx, 'download', req.params.token)
    return personalData(ctx, mail.subscriber_id)
  }
  router.get('/:token', async (req, res) => {
    const mail = await openMail(ctx, 'download', req.params.token)
    const language = languageOf(req, mail)
    renderSubscriberPage(res, 'download', {
      language,
      title: messagesFor(language).ownData.title,
      maskedEmail: maskAddress(mail.email),
      path: `/downloads/${req.params.token}`,
    })
  })
  router.get('/:token/data.json', async (req, res) => {
    const data = await dataOf(req)
    res
      .attachment('my-data.json')
      .type('json')
      .send(JSON.stringify(data, null, 2))
  })
  router.get('/:token/data.csv', async (req, res) => {
    const data = await dataOf(req)
    res.attachment('my-data.csv').type('csv').send(personalDataCsv(data))
  })
  router.use(subscriberErrors)
  return router
}

/** `/erasures/:token`: GET says what will be gone, POST erases. Afterwards the link says that it is done. */
export function erasureRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req, res) => {
    const mail = await openUnlessErased(ctx, req)
    if (!mail) return showErased(req, res)
    const language = languageOf(req, mail)
    const { erasureTitle: title } = messagesFor(language).ownData
    renderSubscriberPage(res, 'erase', { language, title, maskedEmail: maskAddress(mail.email) })
  })
  router.post('/:token', async (req, res) => {
    const mail = await openUnlessErased(ctx, req)
    if (mail) await eraseSubscriber(ctx, { subscriberId: mail.subscriber_id, by: null })
    showErased(req, res, mail)
  })
  router.use(subscriberErrors)
  return router
}

/** The mail of an erasure link; null when its person was erased. Throws for a link that is not ours or has run out. */
async function openUnlessErased(ctx: Needs, req: Opened): Promise<OpenedMail | null> {
  const { token } = req.params
  const mailId = readRowToken(ctx.keys, 'erase', token)
  if (!mailId) throw new NotFoundError('This link is not one of ours.')
  return openMail(ctx, 'erase', token).catch(async (error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error
    if (await wasErased(ctx, mailId)) return null
    // The mail is forgotten, and nobody was erased for it.
    throw new ExpiredError('This link has run out.')
  })
}

function showErased(req: Request, res: Response, mail: OpenedMail | null = null): void {
  const language = mail ? languageOf(req, mail) : pageLanguage(req)
  renderSubscriberPage(res, 'erased', { language, title: messagesFor(language).ownData.erasedTitle })
}

/**
 * `/address-changes/:token`, opened from the new mailbox, and `/address-returns/:token`, opened from the old one: GET shows the address,
 * POST takes it.
 */
export function addressChangeRoutes(ctx: Needs, kind: ChangeLink): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', async (req, res) =>
    show(req, res, { kind, ...(await findAddressChange(ctx, kind, req.params.token)) }),
  )
  router.post('/:token', async (req, res) =>
    show(req, res, { kind, ...(await changeAddress(ctx, kind, req.params.token)) }),
  )
  router.use(subscriberErrors)
  return router
}

type Shown = AddressChange & { kind: ChangeLink }

function show(req: Request, res: Response, { kind, maskedEmail, isDone, languages }: Shown): void {
  const language = pageLanguage(req, ...languages)
  const { addressChange: m } = messagesFor(language)
  const words =
    kind === 'address'
      ? { title: m.changeTitle, text: m.changeText, button: m.changeButton }
      : { title: m.returnTitle, text: m.returnText, button: m.returnButton }
  const done =
    kind === 'address'
      ? { title: m.changedTitle, text: m.changedText }
      : { title: m.returnedTitle, text: m.returnedText }
  renderSubscriberPage(res, 'address-change', {
    language,
    ...words,
    ...(isDone ? done : {}),
    maskedEmail,
    isDone,
  })
}

function languageOf(req: Request, { ownLanguage, language }: OpenedMail) {
  return pageLanguage(req, ownLanguage, language)
}
