package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// document is an article taken apart: its sentences as lists of term numbers.
type document struct {
	text      string
	lang      string
	sentences []sentence
	terms     []term  // what the numbers stand for
	title     []int32 // terms of the title and the standfirst that carry meaning

	words      *vocabulary
	size       int // words of the article
	known      int // how many terms the article has, before any cut
	openers    openers
	trims      *trims
	pairs      []pair
	pairIDs    map[uint64]int32
	titlePairs map[uint64]bool
	quotations map[int]int      // first and last sentence of quotations of several
	cuts       map[string][]cut // of the sentences, and what was left of them, that were to be shortened
}

// sentence is one sentence of the body.
type sentence struct {
	span      text.Span
	paragraph int     // which paragraph it is in
	place     int     // its place in the paragraph
	tokens    []int32 // every word, as term numbers
	content   []int32 // the words that carry meaning, each once
	pairs     []int32 // neighbours among the words, as pair numbers
	size      int     // words a reader would count
	flaws     flaw
}

// of returns the text of the sentence.
func (s *sentence) of(d *document) string { return s.span.Of(d.text) }

// term is a word in its stemmed and folded form.
type term struct {
	stop     bool
	count    int    // in the body
	first    int    // the first sentence with it
	in       int    // how many sentences have it
	last     int    // one more than the last sentence with it
	capitals int    // how often it has a capital inside a sentence
	digits   int    // how often it begins with a digit
	length   int    // bytes of the form last seen
	person   flaw   // firstPerson or secondPerson, if it is a pronoun of these
	base     string // the form itself
	weight   float64
}

// newDocument splits and counts. The cost is linear in the length of the body.
func newDocument(a Article) *document {
	d := &document{text: a.Text, lang: a.Language, cuts: map[string][]cut{}}
	if d.lang == "" || d.lang == text.Unknown {
		d.lang = text.Detect(a.Text)
	}
	d.words = newVocabulary(d)
	d.split()
	d.readTitle(a.Title, a.Standfirst)
	d.weigh()
	d.judge()
	d.findPairs()
	d.findTicker()
	d.known = len(d.terms)
	return d
}

func (d *document) split() {
	spans := text.Sentences(d.text, d.lang)
	d.sentences = make([]sentence, 0, len(spans))
	tokens := make([]int32, 0, len(d.text)/5)
	paragraph, place, end := 0, 0, 0
	for i, sp := range spans {
		if i > 0 && strings.ContainsAny(d.text[end:sp.Start], "\n\r\u2028\u2029") {
			paragraph++
			place = 0
		}
		s := sentence{span: sp, paragraph: paragraph, place: place}
		s.span.Start += dateline(sp.Of(d.text), paragraph == 0 && place == 0)
		s.span.Start += headingEnd(s.of(d))
		from := len(tokens)
		tokens = d.words.read(&s, s.of(d), tokens)
		s.tokens = tokens[from:len(tokens):len(tokens)]
		d.count(&s, i)
		d.size += s.size
		d.sentences = append(d.sentences, s)
		place++
		end = sp.End
	}
}

// count enters the words of sentence i into the statistics.
func (d *document) count(s *sentence, i int) {
	for _, t := range s.tokens {
		e := &d.terms[t]
		e.count++
		if e.last == i+1 {
			continue
		}
		if e.last == 0 {
			e.first = i
		}
		e.last = i + 1
		e.in++
		if !e.stop {
			s.content = append(s.content, t)
		}
	}
}

// readTitle notes the words and pairs of the title and the standfirst, which
// are the journalist's own summary.
func (d *document) readTitle(lines ...string) {
	d.titlePairs = map[uint64]bool{}
	seen := map[int32]bool{}
	for _, line := range lines {
		last := int32(-1)
		for _, sp := range text.Words(line) {
			t := d.words.term(sp.Of(line))
			if last >= 0 {
				d.titlePairs[pairKey(last, t)] = true
			}
			if last = t; !d.terms[t].stop && !seen[t] {
				seen[t] = true
				d.title = append(d.title, t)
			}
		}
	}
}

// vocabulary numbers the words of one document.
type vocabulary struct {
	d        *document
	stop     map[string]bool
	stem     func(string) string
	pronouns *pronouns
	forms    map[string]int32 // words as they are written
	bases    map[string]int32 // stems
}

func newVocabulary(d *document) *vocabulary {
	const bytesOfForm = 12 // of text for each form, about
	forms := min(len(d.text)/bytesOfForm, 4096)
	d.terms = make([]term, 0, forms)
	return &vocabulary{
		d:        d,
		stop:     text.StopWords(d.lang),
		stem:     text.Stemmer(d.lang),
		pronouns: pronounLists()[primary(d.lang)],
		forms:    make(map[string]int32, forms),
		bases:    make(map[string]int32, forms),
	}
}

// read appends the words of body, sets the size of s and counts what is seen
// on the way.
func (v *vocabulary) read(s *sentence, body string, tokens []int32) []int32 {
	unspaced, end := 0, -1
	for _, sp := range text.Words(body) {
		word := sp.Of(body)
		t := v.term(word)
		tokens = append(tokens, t)
		r, _ := utf8.DecodeRuneInString(word)
		e := &v.d.terms[t]
		e.length = len(word)
		if e.person != 0 && !insideQuote(body[:sp.Start]) {
			s.flaws |= e.person
		}
		switch {
		case unicode.IsUpper(r) && sp.Start > 0:
			e.capitals++
		case unicode.IsDigit(r):
			e.digits++
		}
		gap := body[max(min(end, sp.Start), 0):sp.Start]
		if end < 0 {
			gap = " " + gap
		}
		s.size += lone(gap)
		if text.IsUnspaced(r) {
			unspaced += utf8.RuneCountInString(body[max(sp.Start, end):sp.End])
		} else if end < 0 || strings.ContainsFunc(gap, unicode.IsSpace) {
			s.size++
		}
		end = sp.End
	}
	s.size += lone(body[max(end, 0):]+" ") + unspaced*3/5 // a Chinese word has about 1.7 characters
	return tokens
}

// lone counts the marks between two words that have blanks on both sides, as a
// dash has: who counts what stands between blanks counts them, too. Marks that
// only tokenised text sets apart are none.
func lone(gap string) int {
	const shortest = len(" - ")
	if len(gap) < shortest {
		return 0
	}
	n := 0
	for mark := range strings.FieldsSeq(gap) {
		if !strings.ContainsAny(mark, ".,\"'`()") {
			n++
		}
	}
	if r, _ := utf8.DecodeRuneInString(gap); n > 0 && !unicode.IsSpace(r) {
		n--
	}
	if r, _ := utf8.DecodeLastRuneInString(gap); n > 0 && !unicode.IsSpace(r) {
		n--
	}
	return n
}

// term returns the number of a word.
func (v *vocabulary) term(word string) int32 {
	if t, ok := v.forms[word]; ok {
		return t
	}
	lower := strings.ToLower(word)
	stop := v.stop[lower] || !hasMeaning(lower)
	base := lower
	if v.stem != nil && !stop {
		base = v.stem(lower)
	}
	base = text.Fold(base)
	t, ok := v.bases[base]
	if !ok {
		t = int32(len(v.d.terms))
		v.d.terms = append(v.d.terms, term{stop: stop, base: base, person: v.pronouns.person(lower)})
		v.bases[base] = t
	}
	v.forms[word] = t
	return t
}

// hasMeaning is false for single letters of alphabets.
func hasMeaning(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size < len(word) || unicode.IsDigit(r) || unicode.Is(unicode.Han, r)
}
