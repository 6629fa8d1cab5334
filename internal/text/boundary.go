package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fullStop decides for the terminators of scripts without capitals. Japanese
// goes on after a quotation ("…。」と話した"), which the particle shows.
func (sp *splitter) fullStop(c context) bool {
	if c.closed && unicode.Is(unicode.Hiragana, c.first) {
		return false
	}
	switch c.first {
	case '、', '，', ',', '،':
		return false
	}
	return true
}

// glued decides when no blank follows: only a letter that clearly starts a new
// word after the end of another one is taken for a missing blank.
func (sp *splitter) glued(c context) bool {
	word := sp.wordBefore(c.at)
	switch last, _ := utf8.DecodeLastRuneInString(word); {
	case word == "":
		before, _ := utf8.DecodeLastRuneInString(sp.s[sp.first:c.at])
		if !c.closed && c.opener == c.next && !isCloser(before) && before != '"' && before != '»' {
			return false // .Net
		}
		return unicode.IsUpper(c.first) && sp.capitalised(c.opener)
	case c.term == '.' && (strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || strings.Contains(word, "@")):
		return false
	case c.opener > c.next || c.closed: // AFP."Plusieurs, (AFP.)Plusieurs
		return unicode.IsUpper(c.first) && sp.capitalised(c.opener) && !sp.joins(c, word)
	case unicode.IsUpper(last) || !unicode.IsLetter(last) && !unicode.IsDigit(last):
		return false // U.S, ASP.NET
	case unicode.IsDigit(last) && c.term == '.' && len(word) < 4:
		return false
	}
	return unicode.IsUpper(c.first) && sp.capitalised(c.opener) && !sp.joins(c, word)
}

// capitalised tells whether the word at i has the shape of a sentence's first
// one: a capital, then a small letter, an apostrophe or a blank.
func (sp *splitter) capitalised(i int) bool {
	r, size := sp.rune(i)
	if !unicode.IsUpper(r) {
		return false
	}
	if i+size >= sp.end {
		return false
	}
	second, _ := sp.rune(i + size)
	return unicode.IsLower(second) || second == '\'' || second == '’' || second == ' '
}

// spaced decides when a blank follows.
func (sp *splitter) spaced(c context) bool {
	word := sp.wordBefore(c.at)
	if word == "" && c.term == '.' && c.dots == 1 && c.at > sp.first {
		return true // a token of its own: tokenised text
	}
	if unicode.IsLower(c.first) && !sp.caseless {
		return false
	}
	if isContinuation(c.first) {
		return false
	}
	if c.term != '.' || c.dots > 1 || c.closed && word == "" {
		return true
	}
	return !sp.joins(c, word)
}

// isContinuation tells marks that never begin a sentence.
func isContinuation(r rune) bool {
	switch r {
	case ',', ';', ':', ')', ']', '}', '%', '/', '|', '=', '、', '，', '،', '؛':
		return true
	}
	return false
}

// joins tells whether the full stop after word belongs to the word alone: it
// marks an abbreviation, an initial or an ordinal.
func (sp *splitter) joins(c context, word string) bool {
	if c.term != '.' || word == "" {
		return false
	}
	lower := strings.ToLower(word)
	switch sp.abbreviations[lower] {
	case neverEnds:
		return true
	case endsSometimes:
		return !sp.startsClearly(c)
	case endsButNumbers:
		if unicode.IsDigit(c.first) {
			return true
		}
	}
	if isNumber(word) {
		return sp.ordinal(c, word)
	}
	if isInitial(word) || isDotted(word) {
		return !sp.startsClearly(c)
	}
	return utf8.RuneCountInString(word) == 1 && sp.letterAndStop(c.opener) // z. B.
}

// letterAndStop tells whether one letter with a full stop stands at byte i.
func (sp *splitter) letterAndStop(i int) bool {
	r, size := sp.rune(i)
	return unicode.IsLetter(r) && i+size < sp.end && sp.s[i+size] == '.'
}

// startsClearly tells whether the next word can only be the first one of a
// sentence: a common word with a capital, as "The" or "Il".
func (sp *splitter) startsClearly(c context) bool {
	if sp.caseless || !unicode.IsUpper(c.first) {
		return false
	}
	word := strings.ToLower(sp.wordAfter(c.opener))
	return utf8.RuneCountInString(word) > 1 && IsStop(word, sp.lang)
}

// ordinal tells whether the number before the full stop counts something ("3.
// Mai", "1. Wash the rice") rather than ending a sentence.
func (sp *splitter) ordinal(c context, number string) bool {
	if start, _ := trim(sp.s, sp.first, c.at); start+len(number) >= c.at {
		return true
	}
	switch sp.lang {
	case "de", "da", "nb", "fi", "cs", "pl", "hu", "hr", "sl", "sk", "et", "lv", "sr", "bs":
		return len(number) <= 2 && !sp.startsClearly(c)
	}
	return false
}

func isNumber(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return true
}

// isInitial tells one capital letter, or a pair joined as in "J.-C".
func isInitial(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && size == len(word)
}

// isDotted tells acronyms with full stops inside: "U.S", "p.m", "т.д".
func isDotted(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	for part := range strings.SplitSeq(word, ".") {
		if r, _ := utf8.DecodeRuneInString(part); utf8.RuneCountInString(part) > 2 || !unicode.IsLetter(r) {
			return false // a number: "15.00"
		}
	}
	return true
}

// wordBefore is the run of letters, digits and inner full stops that ends at
// byte at, cut short at longest bytes.
func (sp *splitter) wordBefore(at int) string {
	const longest = 40
	start := at
	for start > sp.first && at-start < longest {
		r, size := utf8.DecodeLastRuneInString(sp.s[sp.first:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !isInner(r) {
			break
		}
		start -= size
	}
	return strings.TrimLeft(sp.s[start:at], ".-'’/:@")
}

// isInner tells the marks that words hold inside.
func isInner(r rune) bool {
	switch r {
	case '.', '-', '/', ':', '@', '№', 'º', '°':
		return true
	}
	return false
}

// wordAfter is the run of letters that starts at byte i, cut short.
func (sp *splitter) wordAfter(i int) string {
	const longest = 40
	end := i
	for end < sp.end && end-i < longest {
		r, size := sp.rune(end)
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		end += size
	}
	return sp.s[i:end]
}
