'use strict'

const FOR_MS = 5000
const MOST = 10000

/** Answers that are good for five seconds; who asks at the same time shares one question. */
class Remembered {
  #answers = new Map()

  get (key, ask) {
    const known = this.#answers.get(key)
    const now = Date.now()
    if (known && known.until > now) {
      return known.answer
    }
    if (this.#answers.size >= MOST) {
      this.#answers.clear()
    }
    const answer = ask()
    this.#answers.set(key, { answer, until: now + FOR_MS })
    answer.catch(() => this.#answers.delete(key))
    return answer
  }
}

module.exports = { Remembered }
