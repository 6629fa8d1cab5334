package summary

import "strings"

func isFurniture(body string, s *sentence) bool {
	lower := strings.ToLower(body)
	for _, p := range []string{"scroll down", "click here", "read more", "follow us", "share this", "by ", "image:", "photo:", "picture:", "video:", "published:", "updated:", "sign up", "subscribe"} {
		if strings.HasPrefix(lower, p) && s.size < 14 {
			return true
		}
	}
	return false
}

// dateline returns the length of a dateline ("LONDON (Reuters) - ") that
// opens a sentence.
func dateline(body string, first bool) int {
	if !first {
		return 0
	}
	const longest = 60
	head := body[:min(len(body), longest)]
	for _, mark := range []string{"(CNN) -- ", "(CNN) ", "(CNN)", "( cnn ) ", "(Reuters) - ", "(AP) — ", "(AP) -- ", "(AFP) - "} {
		if i := strings.Index(head, mark); i >= 0 {
			return i + len(mark)
		}
	}
	return 0
}
