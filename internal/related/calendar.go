package related

import (
	"strings"

	"nutgraph/internal/text"
)

// calendar holds the days and months of the languages that most archives are
// in. They are written like names in some, but nobody follows a link because
// both articles say "Thursday".
var calendar = func() map[string]map[string]bool {
	words := map[string]string{
		"en": "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december",
		"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"de": "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar marz april mai juni juli august september oktober november dezember",
		"es": "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	}
	sets := map[string]map[string]bool{}
	for language, list := range words {
		sets[language] = map[string]bool{}
		for word := range strings.FieldsSeq(list) {
			sets[language][word] = true
		}
	}
	return sets
}()

// onCalendar tells whether a word in lower case is a day or a month.
func onCalendar(language, word string) bool { return calendar[language][text.Fold(word)] }
