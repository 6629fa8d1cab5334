package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// normalise makes s valid UTF-8 with line feeds as its only line breaks and no
// control characters but them and tabs. Most texts are that already and are
// returned as they are.
func normalise(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	return dropControls(s)
}

// dropControls removes control characters, noncharacters, and the invisible
// ones that break words apart for a search: soft hyphens, zero-width spaces, byte order marks.
// Joiners and direction marks stay, because scripts need them.
func dropControls(s string) string {
	if strings.IndexFunc(s, unwanted) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, s)
}

func unwanted(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\t'
	case r < 0x7f:
		return false
	case r == '\u00ad' || r == '\u200b' || r == '\ufeff':
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// squeeze trims s and makes each run of white space one blank. A no-break
// space that stands alone stays one: French sets it before "?" and "!".
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var space rune // the white space seen and not yet written
	for _, r := range s {
		switch {
		case !unicode.IsSpace(r):
			if space != 0 && b.Len() > 0 {
				b.WriteRune(space)
			}
			space = 0
			b.WriteRune(r)
		case space == 0 && (r == '\u00a0' || r == '\u202f'):
			space = r
		default:
			space = ' '
		}
	}
	return b.String()
}
