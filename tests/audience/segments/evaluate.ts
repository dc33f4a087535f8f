import type { Delivery } from '../../../db/tables/delivery.js'
import type { Subscriber } from '../../../db/tables/subscriber.js'
import type { Subscription } from '../../../db/tables/subscription.js'
import type { SegmentFacts } from '../../../src/audience/segments/segment-facts.js'
import {
  type Condition,
  type Group,
  isGroup,
  type Part,
} from '../../../src/audience/segments/segment-tree.js'

/** A person with all that conditions may ask about. */
export type Person = Pick<
  Subscriber,
  'id' | 'email' | 'email_key' | 'fields' | 'language' | 'time_zone' | 'created_at'
> & {
  subscriptions: Pick<Subscription, 'list_id' | 'status'>[]
  deliveries: Pick<Delivery, 'issue_id' | 'status' | 'bounced_at'>[]
}

const DAY = 24 * 3_600_000

/** What the compiler must agree with: the meaning of a segment, in plain words. */
export function isIn(tree: Group, person: Person, facts: SegmentFacts): boolean {
  const fits = (part: Part) => (isGroup(part) ? isIn(part, person, facts) : holds(part, person, facts))
  return tree.match === 'all' ? tree.parts.every(fits) : tree.parts.some(fits)
}

function holds(condition: Condition, person: Person, { now, recent }: SegmentFacts): boolean {
  const value = 'key' in condition ? (person.fields[condition.key] ?? '') : ''
  const lately = (last: number) =>
    person.deliveries.filter(({ issue_id }) => recent.slice(0, last).some(({ id }) => id === issue_id))
  switch (condition.about) {
    case 'text':
      return compare(value, condition.test, condition.value)
    case 'number': {
      const isNumber = /^-?\d{1,15}(\.\d{1,9})?$/.test(value)
      const [held, wanted] = [Number(value), Number(condition.value)]
      switch (condition.test) {
        case 'is':
          return isNumber && held === wanted
        case 'is-not':
          return !isNumber || held !== wanted
        case 'below':
          return isNumber && held < wanted
        case 'at-most':
          return isNumber && held <= wanted
        case 'above':
          return isNumber && held > wanted
        case 'at-least':
          return isNumber && held >= wanted
      }
      break
    }
    case 'date': {
      if (!isDay(value)) return false
      if (condition.test === 'on') return value === condition.value
      return condition.test === 'before' ? value < condition.value : value > condition.value
    }
    case 'date-days': {
      const day = (after: number) => new Date(now.getTime() + after * DAY).toISOString().slice(0, 10)
      const [from, to] =
        condition.test === 'last' ? [day(-condition.days), day(0)] : [day(0), day(condition.days)]
      return isDay(value) && value >= from && value <= to
    }
    case 'yes-no':
      return value === condition.test
    case 'choice':
      return condition.values.includes(value) === (condition.test === 'one-of')
    case 'filled':
      return (value !== '') === (condition.test === 'filled')
    case 'address':
      return compare(person.email, condition.test, condition.value)
    case 'domain':
      return (person.email_key.split('@')[1] === condition.value.toLowerCase()) === (condition.test === 'is')
    case 'list': {
      const status = person.subscriptions.find(({ list_id }) => list_id === condition.listId)?.status
      switch (condition.test) {
        case 'on':
          return status === 'confirmed'
        case 'waiting':
          return status === 'pending'
        case 'left':
          return status === 'unsubscribed'
        case 'not-on':
          return status !== 'pending' && status !== 'confirmed'
      }
      break
    }
    case 'language': {
      const [held, wanted] = [person.language?.toLowerCase() ?? '', condition.value.toLowerCase()]
      return (held === wanted || held.startsWith(`${wanted}-`)) === (condition.test === 'is')
    }
    case 'language-known':
      return (person.language !== null) === (condition.test === 'known')
    case 'time-zone':
      return (person.time_zone === condition.value) === (condition.test === 'is')
    case 'time-zone-known':
      return (person.time_zone !== null) === (condition.test === 'known')
    case 'signed-up': {
      const day = person.created_at.toISOString().slice(0, 10)
      if (condition.test === 'on') return day === condition.value
      return condition.test === 'before' ? day < condition.value : day > condition.value
    }
    case 'signed-up-days':
      return (
        person.created_at.getTime() >= now.getTime() - condition.days * DAY === (condition.test === 'within')
      )
    case 'received': {
      const count = lately(condition.last).filter(({ status }) => status === 'accepted').length
      return condition.test === 'at-least' ? count >= condition.count : count <= condition.count
    }
    case 'issue': {
      const got = person.deliveries.some(
        ({ issue_id, status }) => issue_id === condition.issueId && status === 'accepted',
      )
      return got === (condition.test === 'got')
    }
    case 'refused': {
      const some = lately(condition.last).some(
        ({ status, bounced_at }) => status === 'rejected' || bounced_at !== null,
      )
      return some === (condition.test === 'some')
    }
  }
}

function compare(value: string, test: string, wanted: string): boolean {
  const [held, given] = [value.toLowerCase(), wanted.toLowerCase()]
  switch (test) {
    case 'is':
      return held === given
    case 'is-not':
      return held !== given
    case 'contains':
      return held.includes(given)
    case 'contains-not':
      return !held.includes(given)
    default:
      return held.startsWith(given)
  }
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
}
