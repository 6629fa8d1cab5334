package related

import "nutgraph/internal/text"

// maxNameWords is the most words of a name: "Organisation for Security and
// Co-operation in Europe" is cut into shorter ones.
const maxNameWords = 5

// connectors are the small words inside names: "Ludwig van Beethoven".
var connectors = map[string]bool{
	"de": true, "du": true, "des": true, "la": true, "le": true, "el": true, "al": true, "da": true, "di": true, "del": true,
	"of": true, "von": true, "van": true, "der": true, "den": true, "zu": true, "bin": true, "ben": true,
}

// phrases finds the names and pairs of words in the run of adjacent words
// read so far, and begins a new run.
func (a *analyser) phrases(field string) {
	run := a.run
	a.run = a.run[:0]
	inName := 0 // end of the name found last
	for i := range run {
		if i >= inName {
			if end := nameEnd(run, i); end > i+1 {
				inName = end
				if end > i+2 {
					a.name(field, run[i:end])
				}
			}
		}
		if i+1 < len(run) {
			a.pair(field, run[i], run[i+1], i+1 < inName)
		}
	}
}

// nameEnd returns where the name that begins at i ends; i when there is none.
func nameEnd(run []word, i int) int {
	if !namePart(run[i]) {
		return i
	}
	end := i + 1
	for end < len(run) && end-i < maxNameWords {
		switch {
		case namePart(run[end]):
			end++
		case connectors[run[end].text] && end+1 < len(run) && namePart(run[end+1]):
			end += 2
		default:
			return end
		}
	}
	return end
}

func namePart(w word) bool {
	return w.plain && w.upper && (w.letter == capital || w.starts) && !w.marks.has(isNumber)
}

// name notes a name of more than two words.
func (a *analyser) name(field string, words []word) {
	id, n := TermID(0), 0
	for _, w := range words {
		if w.plain {
			id, n = id.then(w.id), n+1
		}
	}
	if n > 1 {
		a.phrase(field, words[0], words[len(words)-1], id, true)
	}
}

// pair notes two adjacent words.
func (a *analyser) pair(field string, v, w word, name bool) {
	if v.plain && w.plain && !v.marks.has(isNumber) && !w.marks.has(isNumber) {
		a.phrase(field, v, w, TermID(0).then(v.id).then(w.id), name)
	}
}

func (a *analyser) phrase(field string, first, last word, id TermID, name bool) {
	span := text.Span{Start: first.span.Start, End: last.span.End}
	if span.End-span.Start > maxWord {
		return
	}
	s := sighting{id: id, word: field[span.Start:span.End], marks: isPhrase | first.marks&(inTitle|inLead)}
	c := first.letter
	if name {
		s.marks |= isName
		c = capital
	}
	a.add(s, c)
}
