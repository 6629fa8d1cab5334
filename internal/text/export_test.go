package text

// SegmentsOf are the segments of s that are words or runs of letters.
func SegmentsOf(s string) (segments []Span) {
	for at := 0; at < len(s); {
		end, k := segment(s, at)
		if k != notWord {
			segments = append(segments, Span{at, end})
		}
		at = end
	}
	return segments
}

// IsWord tells whether a segment of Unicode's is one of them.
func IsWord(segment string) bool { return scriptOf(segment) != notWord || hasLetter(segment) }
