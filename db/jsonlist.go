package db

import (
	"encoding/json"
	"fmt"
)

// jsonList scans a JSON list of texts.
type jsonList []string

// Scan implements sql.Scanner.
func (l *jsonList) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("scan a list of texts: got %T", v)
	}
	return json.Unmarshal([]byte(s), (*[]string)(l))
}
