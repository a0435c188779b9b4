'use strict'

const text = (maxLength) => ({ type: ['string', 'null'], maxLength })
const flag = { type: 'boolean' }

const flags = {
  type: 'object',
  additionalProperties: false,
  properties: {
    parsing: flag, revealing: flag, embedding: flag, searching: flag, scoring: flag, reasoning: flag, upskilling: flag
  }
}

const coordinate = (most) => ({
  anyOf: [{ type: 'number', minimum: -most, maximum: most }, { type: 'string', pattern: '^[+-]?\\d+(\\.\\d+)?$' }, { type: 'null' }]
})

const info = {
  type: ['object', 'null'],
  properties: {
    full_name: text(255),
    first_name: text(255),
    last_name: text(255),
    date_birth: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}' },
    email: { type: ['string', 'null'], pattern: '^([^@\\s]+@[^@\\s]+)?$', maxLength: 254 },
    phone: text(64),
    picture: text(2048),
    gender: { enum: ['male', 'female', 'undefined', null] },
    summary: text(65536),
    location: { type: ['object', 'null'], properties: { text: text(262144), lat: coordinate(90), lng: coordinate(180) } },
    urls: { type: ['object', 'array', 'null'] }
  }
}

const section = { type: ['array', 'null'], maxItems: 1000, items: { type: 'object', properties: { name: { type: 'string' } } } }

module.exports = {
  type: 'object',
  properties: {
    key: { type: ['string', 'null'], pattern: '^[A-Za-z0-9._:-]{1,128}$' },
    reference: text(255),
    consent_algorithmic: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: { owner: flags, controller: flags }
    },
    info,
    text: text(262144),
    text_language: { type: ['string', 'null'], pattern: '^[a-z]{2}$' },
    experiences_duration: { type: ['number', 'null'], minimum: 0 },
    educations_duration: { type: ['number', 'null'], minimum: 0 },
    ...Object.fromEntries([
      'experiences', 'educations', 'attachments', 'certifications', 'courses', 'tasks', 'skills', 'languages', 'interests',
      'labels', 'tags', 'metadatas'
    ].map((name) => [name, section]))
  }
}
