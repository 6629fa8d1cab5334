package summary

import (
	"fmt"
	"strings"
	"testing"

	"nutgraph/internal/content"
)

func flawsOf(lang, body string) flaw {
	d := newDocument(Article{Text: body, Language: lang})
	if len(d.sentences) == 0 {
		return fragment
	}
	return d.sentences[len(d.sentences)-1].flaws
}

// TestJudge looks at the last sentence of each text.
func TestJudge(t *testing.T) {
	t.Parallel()
	cases := []struct {
		lang, text string
		want       flaw
	}{
		{"en", "The wall fell on Monday night.", 0},
		{"en", "He also said that it was late.", dangling},
		{"en", "However, freight will have to wait.", dangling},
		{"en", "On Monday she closed the quay to all traffic.", dangling},
		{"en", "The mayor said she would close the quay.", 0},
		{"en", "As a result, the ferry was sold.", dangling},
		{"en", "There were no injuries at all.", 0},
		{"en", "Last month it came out of a crate.", dangling},
		{"en", "Last month it was said that the wall is safe.", 0},
		{"en", "The mayor said it came out of a crate.", 0},
		{"en", "\"The wall has gone for good,\" she said on Monday.", dangling},
		{"en", "“The wall has gone for good.”", dangling},
		{"en", "“The wall has gone for good,” said its owner.", 0},
		{"en", "“The wall”, as people call it, has gone for good.", 0},
		{"fr", "« Le mur est tombé », a-t-elle dit lundi.", dangling},
		{"de", "„Die Mauer ist weg“, sagte er am Montag.", dangling},
		{"de", "„Die Mauer ist weg“, sagte der Bürgermeister.", 0},
		{"fr", "Ce lundi, la ville a fermé le port.", 0},
		{"fr", "Ce mur est tombé lundi dans la nuit.", dangling},
		{"fr", "Il sera difficile de fermer le port.", 0},
		{"fr", "Il y a deux ans, le mur est tombé.", 0},
		{"fr", "Il y a aussi un mur de granit bleu.", dangling},
		{"en", "If he wins the vote, the town loses its wall.", dangling},
		{"en", "When she resigned, Maud Oakes was sixty.", 0},
		{"fr", "S'il gagne le vote, la ville perd son mur.", dangling},
		{"fr", "S'il y a un mur à voir, c'est celui-là.", 0},
		{"fr", "La justice lui reproche d'avoir cassé le mur.", dangling},
		{"en", "This week, the town has closed the quay.", 0},
		{"en", "This quay is closed for a week.", dangling},
		{"es", "Este lunes cayó el muro del puerto.", 0},
		{"es", "Desde entonces nadie entra en el puerto.", dangling},
		{"de", "Es gibt an der Mauer keinen Weg.", 0},
		{"en", "What didn't fall is lying in the harbour.", dangling},
		{"en", "Born in a lighthouse, she never married.", dangling},
		{"en", "Born in a lighthouse, Maud Oakes never married.", 0},
		{"fr", "Interrogé sur le mur du port, il a souri.", dangling},
		{"fr", "Immédiatement, il a fermé le port.", dangling},
		{"fr", "Fermé hier, le port a, lui, rouvert ce lundi.", 0},
		{"fr", "Lors de cette crue, le mur est tombé.", dangling},
		{"en", "Put the oil in a wide heavy pot.", secondPerson},
		{"en", "Do not walk on the wall in a storm.", secondPerson},
		{"en", "Set in a harbour, the play is short.", 0},
		{"en", "Who will pay for the new wall?", question},
		{"en", "What a night that was for us!", exclaimed},
		{"en", "Wall falls in storm", fragment},
		{"en", "The engineers said: \"It fell.\nThe wall is gone.", 0},
		{"en", "\"The wall fell. The town is cut off,\" she said.", halfQuote},
		{"en", "\"The wall fell,\" said the mayor of the town.", 0},
		{"en", "'It fell. And the players' union wept,' Smith said.", halfQuote | dangling},
		{"en", "The players' union wept at the news.", 0},
		{"en", "Scroll down for video of the wall.", furniture},
		{"en", "By Jane Roe, Political Editor.", furniture},
		{"en", "Photograph: Jane Roe/Getty Images.", furniture},
		{"en", "Sign up for our newsletter to read more.", furniture | firstPerson},
		{"fr", "Il a également parlé du mur.", dangling},
		{"fr", "C'est un mur de granit bleu.", dangling},
		{"fr", "Alors que la mer montait, le mur est tombé.", 0},
		{"fr", "Alors, le mur est tombé d'un coup.", dangling},
		{"en", "So far, nobody has paid for the wall.", 0},
		{"en", "The wall fell as we watched it from the quay.", firstPerson},
		{"en", "You may not walk on the wall.", secondPerson},
		{"en", "\"I saw our wall fall,\" said the mayor of the town.", 0},
		{"en", "The US and Charles I built the wall.", firstPerson}, // which costs little
		{"fr", "C'est là que j'ai vu le mur.", dangling | firstPerson},
		{"fr", "Montez-la par le trottoir de gauche.", dangling},
		{"fr", "Boulogne-la-Grasse se trouve dans l'Oise.", 0},
		{"es", "Lo vende bien en la lonja del puerto.", dangling},
		{"es", "Lo que se juegan los barcos es mucho.", 0},
		{"fr", "Selon lui, elle est tombée hier soir.", dangling},
		{"fr", "Le maire a dit qu'il partirait demain.", 0},
		{"fr", "« Le mur est tombé », a dit le maire.", 0},
		{"fr", "Lire aussi : le mur est tombé hier.", furniture},
		{"de", "Er sprach auch über die Mauer.", dangling},
		{"de", "Die Mauer ist am Montag gefallen.", 0},
		{"es", "Sin embargo, el muro cayó ayer.", dangling},
		{"it", "Tuttavia il muro è caduto ieri.", dangling},
		{"pt", "No entanto, o muro caiu ontem.", dangling},
		{"nl", "Hij sprak ook over de muur.", dangling},
		{"sv", "Han talade också om muren.", dangling},
		{"pl", "Jednak mur runął w poniedziałek.", dangling},
		{"ru", "Однако стена упала в понедельник.", dangling},
		{"uk", "Проте стіна впала в понеділок.", dangling},
		{"zh", "城墙周一晚上倒塌了。", 0},
		{"zh", "但是他没有说明需要多长时间。", dangling},
		{"ja", "しかし、費用は明らかにしなかった。", dangling},
		{"ja", "壁は月曜日の夜に崩れた。", 0},
		{"ko", "그러나 시의회는 아무 말도 하지 않았다.", dangling},
		{"ar", "وأضاف أن الجدار سقط مساء الاثنين.", dangling},
		{"hi", "उन्होंने कहा कि दीवार गिर गई।", dangling},
		{"tr", "Ancak duvar pazartesi günü yıkıldı.", dangling},
		{"cs", "Zeď spadla v pondělí večer.", 0},
		{"hi", "दीवार सोमवार रात को गिर गई।", 0},
	}
	for _, c := range cases {
		if got := flawsOf(c.lang, c.text); got != c.want {
			t.Errorf("flaws of %q = %b, want %b", c.text, got, c.want)
		}
	}
}

func TestDateline(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"LONDON, England (CNN) -- The wall fell on Monday.":             "The wall fell on Monday.",
		"(CNN) The wall fell on Monday.":                                "The wall fell on Monday.",
		"( cnn ) the wall fell on monday .":                             "the wall fell on monday .",
		"PARIS (Reuters) - The wall fell on Monday.":                    "The wall fell on Monday.",
		"BERLIN (dpa) - Die Mauer fiel am Montag.":                      "Die Mauer fiel am Montag.",
		"WASHINGTON — The wall fell on Monday.":                         "The wall fell on Monday.",
		"PARIS (AFP) - Le mur est tombé lundi.":                         "Le mur est tombé lundi.",
		"- No witnesses -The wall fell on Monday.":                      "The wall fell on Monday.",
		"Media playback is not supported on this device The wall fell.": "The wall fell.",
		"- \"No way\" -\"The wall fell\", she said on Monday.":          "\"The wall fell\", she said on Monday.",
		"- \"No way\" - The wall fell on Monday.":                       "The wall fell on Monday.",
		"- The wall - the old one - fell on Monday.":                    "- The wall - the old one - fell on Monday.",
		"NATO (the alliance) said - again - that it would go.":          "NATO (the alliance) said - again - that it would go.",
		"New Delhi, Jul 28 (PTI) The wall fell on Monday.":              "The wall fell on Monday.",
		"Sunday, May 28, 2006 The wall fell on Monday.":                 "The wall fell on Monday.",
		"Sunday, May 28, 2006, was the day the wall fell.":              "Sunday, May 28, 2006, was the day the wall fell.",
		"The Press Association (PA) said that the wall fell.":           "The Press Association (PA) said that the wall fell.",
		"The wall (1871) - a fine one - fell on Monday.":                "The wall (1871) - a fine one - fell on Monday.",
	}
	for in, want := range cases {
		d := newDocument(Article{Text: in, Language: "en"})
		if got := d.sentences[0].of(d); got != want {
			t.Errorf("first sentence of %q = %q, want %q", in, got, want)
		}
	}
}

// TestTicker refuses the lines of a match's ticker, and no line that comes twice.
func TestTicker(t *testing.T) {
	t.Parallel()
	report := "Ebb Town came from behind to beat their neighbours on a wet Saturday.\n" +
		"Maud Oakes scored early, and the visitors hardly left their own half.\n" +
		"The result lifts the club out of the last place for the first time since May.\n"
	var ticker strings.Builder
	for name := range strings.FieldsSeq("Oakes Brandt Coad Denzil Hoar Nance Prout Rowse") {
		fmt.Fprintf(&ticker, "%s (Ebb Town) wins a free kick in the attacking half of the pitch.\n", name)
	}
	furnished := func(text string) (n int) {
		d := newDocument(Article{Text: text, Language: "en"})
		for i := range d.sentences {
			n += int(is(d.sentences[i].flaws&furniture != 0))
		}
		return n
	}
	if n := furnished(report + ticker.String()); n != 8 {
		t.Errorf("%d sentences are furniture, want the 8 of the ticker", n)
	}
	if n := furnished(ticker.String()); n != 0 {
		t.Errorf("%d sentences of a ticker alone are furniture, want none", n)
	}
	if n := furnished(report + report); n != 0 {
		t.Errorf("%d sentences of a report are furniture, want none", n)
	}
}

func TestTrim(t *testing.T) {
	t.Parallel()
	cases := []struct {
		lang, in, want string // want is among the ways to shorten
	}{
		{"en", "The wall (built in 1871) fell on Monday.", "The wall fell on Monday."},
		{"en", "The wall – the oldest one – fell on Monday.", "The wall fell on Monday."},
		{"en", "Maud Oakes, who built the wall, left on Monday.", "Maud Oakes left on Monday."},
		{"en", "Maud Oakes, 45, left on Monday.", "Maud Oakes left on Monday."},
		{"en", "Maud Oakes, 45, who built the wall, left on Monday.", "Maud Oakes, 45, left on Monday."},
		{"en", "Maud Oakes, the chief engineer, has left.", "Maud Oakes has left."},
		{"en", "The wall fell on Monday, cutting off the town.", "The wall fell on Monday."},
		{"en", "The wall fell on Monday, which nobody had foreseen.", "The wall fell on Monday."},
		{"en", "Cubby, as they called him, was a printer, on the strength of one contract: the Tide Table.", "Cubby, as they called him, was a printer, on the strength of one contract."},
		{"en", "The wall fell on Monday in the night – the first to do so.", "The wall fell on Monday in the night."},
		{"fr", "En face, on ne voit pas le mur\u00a0; mais chacun le connaît.", "En face, on ne voit pas le mur."},
		{"fr", "Le mur, qui datait de 1871, est tombé.", "Le mur est tombé."},
		{"fr", "Le mur est tombé lundi, alors que la mer montait.", "Le mur est tombé lundi."},
		{"fr", "La crue a été forte, a dit le maire, alors que la mer, qui montait, battait le mur.", "La crue a été forte, a dit le maire."},
		{"fr", "Le mur est tombé lundi, à environ dix pas du port.", "Le mur est tombé lundi."},
		{"fr", "La ville a fermé le vieux mur du port, situé au pied de la colline.", "La ville a fermé le vieux mur du port."},
		{"fr", "La mairie a fermé ce lundi 3 juin le port et la plage.", "La mairie a fermé le port et la plage."},
		{"fr", "Le port a rouvert samedi matin.", "Le port a rouvert."},
		{"en", "The town closed the quay on Monday morning.", "The town closed the quay."},
		{"de", "Die Stadt hat am Montagabend den Hafen geschlossen.", "Die Stadt hat den Hafen geschlossen."},
		{"en", "After the storm, Maud Oakes left the town.", "Maud Oakes left the town."},
		{"fr", "Alors que la mer montait, Maud Oakes a fermé le port.", "Maud Oakes a fermé le port."},
		{"es", "El muro, que era de 1871, cayó el lunes.", "El muro cayó el lunes."},
		{"en", "“The wall is gone,” said Maud Oakes, harbour master of the town.", "“The wall is gone,” said Maud Oakes."},
		{"en", "The harbour master of the town, herself no engineer, said the wall is gone.", "The harbour master of the town said the wall is gone."},
		{"en", "The wall has been rebuilt at last, and the town will pay for it.", "The wall has been rebuilt at last."},
		{"fr", "« Le mur est tombé », a dit Maud Oakes, maire de la ville.", "« Le mur est tombé », a dit Maud Oakes."},
		{"fr", "Le mur du port, rongé par la mer, est tombé.", "Le mur du port est tombé."},
		{"fr", "Le mur a été refait, et la ville doit payer, a dit le maire.", "Le mur a été refait, a dit le maire."},
	}
	for _, c := range cases {
		var got []string
		for _, cut := range trimLists()[c.lang].cuts(c.in) {
			got = append(got, cut.from(c.in))
		}
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+c.want+"\n") {
			t.Errorf("ways to shorten %q = %q, want %q among them", c.in, got, c.want)
		}
	}
}

func TestTrimKeeps(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"We met in the room above the steps, where there is a kettle, a chart of the Bar, and a view of it.",
		"Maud Oakes, who came, took the money and left, died on Monday, and was forgotten.",
		"Maud Oakes, who built the wall, a Dane, has left.",
		"The ferries on lines 12, 45, and 60 were sold.",
		"There was a councillor, two shares; the mayor, one; and three others.",
		"The lens had three panels: one above; and two below.",
		"The president lied, opponents said.",
		"The quay is shut from late on Monday and on Tuesday.",
		"The vote takes place on Monday.",
		"If the wall falls, Maud Oakes will leave.",
		"In London, Paris and Rome, it rained.",
		"On Monday the quay was shut.",
		"The mayor said \"the quay was shut on Monday morning\".",
		"The town had only one question: who pays.",
		"It was, she told the meeting: a wall.",
		"A wall for the ages: that has gone.",
		"The mayor called it a day: \"a wall.\"",
		"The wall will fall, unless it is mended.",
		"He said \"the wall, which is old, and the quay\" fell.",
		"After the storm, a wall was built.",
		"The quay is shut, the only one of the town, said the owners.",
		"The mayor said that the wall is gone, and that the town will pay.",
		"Members who build walls, do the accounts, and work in teams are happy.",
		"The owners, unlike Maud Oakes, decided to leave.",
		"All the owners, except Maud Oakes, have left.",
		"The harbour wall, according to Maud Oakes, is safe.",
		"The harbour wall, if it falls, will be missed.",
		"The harbour wall is safe, according to Maud Oakes.",
		"The harbour wall, police said, is gone.",
		"Standing on the harbour wall, Maud Oakes said that the town - which was flooded, was safe.",
	} {
		for _, cut := range trimLists()["en"].cuts(in) {
			t.Errorf("%q was shortened to %q", in, cut.from(in))
		}
	}
}

// TestTrimLeavesNoStump keeps the verb of a clause that has one, and the source
// of what is said.
func TestTrimLeavesNoStump(t *testing.T) {
	t.Parallel()
	for in, stump := range map[string]string{
		"La crue a été forte, alors que la mer, qui montait, battait le mur.":   "La crue a été forte, alors que la mer.",
		"Le mur est tombé, alors que la mer montait, selon le maire.":           "Le mur est tombé.",
		"Le maire a, alors que la mer montait, fermé le port.":                  "Le maire a.",
		"Après la crue, la ville a fermé le port, a-t-elle dit lundi.":          "Après la crue a-t-elle dit lundi.",
		"Le maire a été arrêté, jugé, condamné lundi.":                          "Le maire a été arrêté, jugé.",
		"Le port a fermé dans la nuit de lundi à mardi.":                        "Le port a fermé dans la nuit de lundi à.",
		"Alors que la ville rouvre le port, un groupe de marins manifestent.":   "Alors que la ville rouvre le port.",
		"Le vote aura lieu lundi.":                                              "Le vote aura lieu.",
		"Le port est fermé lundi et mardi.":                                     "Le port est fermé et mardi.",
		"La foule a vu Rome, la Grèce et Malte.":                                "La foule a vu Rome.",
		"Il a vu, lundi par Rome, d'une fenêtre, le port.":                      "Il a vu, lundi par Rome.",
		"Malgré la crue, le mur du port a tenu, a indiqué la ville.":            "Malgré la crue a indiqué la ville.",
		"Le mur, rongé par la mer, a indiqué la ville.":                         "Le mur a indiqué la ville.",
		"Il est allé à Rome, à Malte et à Paris.":                               "Il est allé à Rome.",
		"Le port est fermé depuis mardi.":                                       "Le port est fermé depuis.",
		"Le port ne peut rouvrir, la digue étant rompue, ont indiqué les élus.": "Le port ne peut rouvrir ont indiqué les élus.",
	} {
		for _, cut := range trimLists()["fr"].cuts(in) {
			if got := cut.from(in); got == stump {
				t.Errorf("%q was shortened to %q", in, got)
			}
		}
	}
}

func TestStripLead(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"However, Google said no.":    "Google said no.",
		"But Mr Smith said no.":       "Mr Smith said no.",
		"However, the firm said no.":  "", // would begin in lower case
		"As a result, 40 people left": "40 people left",
		"Butter is dear.":             "",
	}
	for in, want := range cases {
		if got := trimLists()["en"].stripLead(in); got != want {
			t.Errorf("stripLead(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQuotationOfSeveralSentences(t *testing.T) {
	t.Parallel()
	const (
		quoted = "“The wall fell in the night. The town is cut off,” said Maud Oakes."
		body   = "Maud Oakes was on the quay when the old harbour wall went.\n" + quoted + " “It is gone. It is"
	)
	d := newDocument(Article{Text: body, Language: "en"})
	b := budgets[content.SummaryLong][1]
	if p, ok := d.quotationAt(1, b); !ok || p.text != quoted || p.last != 2 {
		t.Errorf("quotationAt(1) = %q to %d, %t, want %q to 2, true", p.text, p.last, ok, quoted)
	}
	for _, i := range []int{0, 2, 3} {
		if p, ok := d.quotationAt(i, b); ok {
			t.Errorf("quotationAt(%d) = %q, want none", i, p.text)
		}
	}
}

// TestLanguages makes summaries in scripts and languages without a model.
func TestLanguages(t *testing.T) {
	t.Parallel()
	bodies := map[string]string{
		"zh": "市议会周一晚上宣布，将重建被暴风雨摧毁的旧港口城墙，费用预计为九百万元。工程师检查了损坏情况，并关闭了码头的所有交通。渡轮公司表示，在临时浮桥准备好之前，船只将从十二公里外的另一个港口出发。居民多年来一直警告说，城墙正在下沉，而议会却没有采取任何行动。议员们将于周五开会，决定是否借款来支付这笔费用。",
		"ja": "市議会は月曜日の夜、嵐で壊れた古い港の壁を九百万円かけて再建すると発表した。技術者たちは被害を調べ、埠頭を全面的に閉鎖した。フェリー会社は、仮設の桟橋ができるまで、十二キロ離れた別の港から船を出すと述べた。住民は何年も前から壁が沈んでいると警告していた。議員たちは金曜日に会合を開き、費用を借りるかどうかを決める予定だ。",
		"ar": "أعلن مجلس المدينة مساء الاثنين أنه سيعيد بناء جدار الميناء القديم الذي دمرته العاصفة بتكلفة تسعة ملايين يورو. فحص المهندسون الأضرار وأغلقوا الرصيف أمام حركة المرور بالكامل. قالت شركة العبارات إن سفنها ستبحر من ميناء آخر يبعد اثني عشر كيلومترا حتى يصبح الرصيف المؤقت جاهزا. حذر السكان منذ سنوات من أن الجدار يغرق في البحر.",
		"hi": "नगर परिषद ने सोमवार रात घोषणा की कि तूफान से नष्ट हुई पुरानी बंदरगाह की दीवार को नौ करोड़ की लागत से फिर से बनाया जाएगा। इंजीनियरों ने नुकसान का निरीक्षण किया और घाट को सभी यातायात के लिए बंद कर दिया। नौका कंपनी ने कहा कि उसकी नावें बारह किलोमीटर दूर दूसरे बंदरगाह से चलेंगी। निवासियों ने वर्षों से चेतावनी दी है कि दीवार डूब रही है।",
		"ru": "Городской совет объявил в понедельник вечером, что старая портовая стена, разрушенная штормом, будет восстановлена за девять миллионов евро до конца года. Инженеры осмотрели повреждения и закрыли причал для всего транспорта. Паромная компания сообщила, что суда будут отправляться из другого порта. Жители много лет предупреждали, что стена тонет.",
		"uk": "Міська рада оголосила в понеділок увечері, що стару портову стіну, зруйновану штормом, буде відбудовано за дев'ять мільйонів євро до кінця року. Інженери оглянули пошкодження та закрили причал для всього транспорту. Поромна компанія повідомила, що судна вирушатимуть з іншого порту. Мешканці багато років попереджали, що стіна тоне.",
		"pl": "Rada miasta ogłosiła w poniedziałek wieczorem, że stary mur portowy zniszczony przez sztorm zostanie odbudowany za sto tysięcy euro do końca roku. Inżynierowie obejrzeli szkody i zamknęli nabrzeże dla całego ruchu. Firma promowa poinformowała, że statki będą wypływać z innego portu. Mieszkańcy od lat ostrzegali, że mur tonie.",
	}
	for lang, body := range bodies {
		got := Extract(Article{Text: body})
		if len(got) == 0 || got[0].Length != content.SummaryBrief {
			t.Errorf("%s: no BRIEF of %d characters", lang, len([]rune(body)))
			continue
		}
		if d := newDocument(Article{Text: body}); d.lang != lang {
			t.Errorf("language of %.60q is %q, want %q", body, d.lang, lang)
		}
		t.Logf("%s: %s", lang, got[0].Text)
	}
}
