package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// progress shows how far work in stages is: a bar on a terminal, a line every
// few seconds elsewhere.
type progress struct {
	out      io.Writer
	terminal bool
	stage    string
	bar      *progressbar.ProgressBar
	next     time.Time // when the next line is due
	last     string    // the line that was last due and not written
}

// lineEvery is how often a line is written where there is no terminal.
const lineEvery = 5 * time.Second

func newProgress(out *os.File) *progress {
	return &progress{out: out, terminal: isatty.IsTerminal(out.Fd())}
}

// show tells that done of total are done in a stage; a total of 0 is unknown.
func (p *progress) show(stage string, done, total int) {
	if stage != p.stage {
		p.end()
		p.stage, p.next = stage, time.Now().Add(lineEvery)
		if p.terminal {
			p.bar = p.newBar(stage, total)
		}
	}
	if p.bar != nil {
		_ = p.bar.Set(done) // a bar that cannot be drawn stops nothing
		return
	}
	p.last = fmt.Sprintf("%s: %d", stage, done)
	if total > 0 {
		p.last = fmt.Sprintf("%s: %d of %d", stage, done, total)
	}
	if now := time.Now(); now.After(p.next) || total > 0 && done == total {
		p.flush()
		p.next = now.Add(lineEvery)
	}
}

func (p *progress) newBar(stage string, total int) *progressbar.ProgressBar {
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(stage),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionFullWidth())
}

func (p *progress) flush() {
	if p.last != "" {
		fmt.Fprintln(p.out, p.last)
		p.last = ""
	}
}

// line writes a line between the others.
func (p *progress) line(s string) {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	fmt.Fprintln(p.out, s)
}

// end finishes the stage that is shown.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Exit()
		fmt.Fprintln(p.out)
		p.bar = nil
	}
	p.flush()
	p.stage = ""
}
