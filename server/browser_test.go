package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPlaygroundInBrowser opens the playground in Chromium, where its first
// example runs by itself, and looks for the answer on the page.
func TestPlaygroundInBrowser(t *testing.T) {
	t.Parallel()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed; .ci/run installs it")
	}
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
	dom := dumpDOM(t, chromium, s.url+"/playground")
	for _, want := range []string{"HTTP 200", `"slug": "the-wall-is-shut"`, "<option>Search</option>"} {
		if !strings.Contains(dom, want) {
			t.Errorf("the playground does not show %q:\n%s", want, dom)
		}
	}
	s.stop(t, syscall.SIGTERM)
}

// dumpDOM opens a page and returns what it has become after ten seconds of its
// own time. Chromium itself crashes now and then, so it is tried again.
func dumpDOM(t *testing.T, chromium, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for attempt := 1; ; attempt++ {
		dom, err := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
			"--virtual-time-budget=10000", "--dump-dom", url).Output()
		if err == nil {
			return string(dom)
		}
		if attempt == 3 {
			t.Fatalf("chromium: %v", err)
		}
	}
}
