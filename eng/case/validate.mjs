// SPDX-License-Identifier: EUPL-1.2
// Checks CASE/UCO files: valid JSON-LD with a context of its own, conforming to the shapes, and with no term that the ontologies do
// not define. Offline. Prints a line for each thing wrong; exits 0 when nothing is, 1 when something is, 2 when it cannot check.
//
//   node validate.mjs [--ontology FOLDER] FILE...
//
// FOLDER holds checkouts of casework/CASE and ucoProject/UCO, of 1.4.0; without it shapes.ttl, our restatement, is used.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import jsonld from 'jsonld'
import { Parser } from 'n3'
import rdf from 'rdf-ext'
import { Validator } from 'shacl-engine'

const sh = 'http://www.w3.org/ns/shacl#'
const subClassOf = 'http://www.w3.org/2000/01/rdf-schema#subClassOf'
const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const ours = /^https:\/\/ontology\.(caseontology|unifiedcyberontology)\.org\//

const files = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
let ontology = [join(here, 'shapes.ttl')]
if (files[0] === '--ontology') {
  const folder = files[1]
  files.splice(0, 2)
  ontology = readdirSync(folder, { recursive: true })
    .filter(name => /(^|\/)ontology\/.*\.ttl$/.test(name) && !/-da\.ttl$/.test(name))
    .map(name => join(folder, name))
}

if (files.length === 0 || ontology.length === 0) {
  console.error('node validate.mjs [--ontology FOLDER] FILE...')
  process.exit(2)
}

const shapes = rdf.dataset()
for (const file of ontology) {
  for (const quad of new Parser({ baseIRI: 'file:///' }).parse(readFileSync(file, 'utf8'))) {
    // Constraints in SPARQL need a query engine; what they say of our terms, core constraints say in shapes.ttl.
    if (quad.predicate.value !== `${sh}sparql`) {
      shapes.add(rdf.quad(quad.subject, quad.predicate, quad.object))
    }
  }
}

const defined = new Set([...shapes].filter(q => q.predicate.value === type && ours.test(q.subject.value)).map(q => q.subject.value))
const validator = new Validator(shapes, { factory: rdf })
let wrong = 0
const say = (file, text) => {
  wrong++
  console.log(`${file}: ${text}`)
}

for (const file of files) {
  let quads
  try {
    const nquads = await jsonld.toRDF(JSON.parse(readFileSync(file, 'utf8')), {
      format: 'application/n-quads',
      safe: true,
      documentLoader: url => {
        throw new Error(`asks for ${url}`)
      },
    })
    quads = new Parser({ format: 'N-Quads' }).parse(nquads)
  } catch (bad) {
    say(file, `not JSON-LD: ${bad.message}`)
    continue
  }

  const data = rdf.dataset(quads.map(q => rdf.quad(q.subject, q.predicate, q.object)))
  for (const quad of [...data]) {
    for (const term of quad.predicate.value === type ? [quad.predicate, quad.object] : [quad.predicate]) {
      if (ours.test(term.value) && !defined.has(term.value)) {
        say(file, `no such term: ${term.value}`)
      }
    }

    for (const term of [quad.subject, quad.object]) {
      if (term.termType === 'BlankNode') {
        say(file, `a blank node under ${quad.predicate.value}`)
      }
    }
  }

  if (data.size === 0) {
    say(file, 'says nothing')
  }

  for (const quad of shapes) {
    if (quad.predicate.value === subClassOf) {
      data.add(quad)
    }
  }

  const report = await validator.validate({ dataset: data })
  for (const result of report.results) {
    if (result.severity?.value === `${sh}Violation`) {
      const path = result.path?.map(step => step.predicates?.map(p => p.value).join('|')).join('/') ?? ''
      say(file, `${result.constraintComponent.value.slice(sh.length)} at ${path} of ${result.focusNode?.term?.value}`)
    }
  }
}

console.log(wrong === 0 ? 'conforms' : `${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
