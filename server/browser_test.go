package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// browserFlags are the flags of the server that a browser test is made for, where
// it is not for the defaults.
var browserFlags = map[string][]string{
	"readonly.test.mjs": {"--playground", "read-only"},
	"secret.test.mjs":   {"--no-introspection"},
}

// TestBrowser runs each web/test/*.test.mjs in Chromium, against a server of its
// own that serves the sample archive. On a busy machine a browser is now and then
// later than a test waits: what fails is run once more, and what fails twice fails.
func TestBrowser(t *testing.T) {
	chromium, node := browserTools(t)
	files, err := filepath.Glob("web/test/*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no browser tests (%v)", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if out, err := browse(t, chromium, node, file); err != nil {
				t.Logf("%v, so it is run again\n%s", err, out)
				if out, err = browse(t, chromium, node, file); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			}
		})
	}
}

// browse runs one file, and returns what it printed.
func browse(t *testing.T, chromium, node, file string) ([]byte, error) {
	t.Helper()
	archive := filepath.Join(t.TempDir(), "nutgraph.db")
	flags := append([]string{"--sample", "--db", archive}, browserFlags[filepath.Base(file)]...)
	s := serve(t, flags...)
	defer s.stop(t, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, node, "--test", file)
	command.Env = append(os.Environ(), "NUTGRAPH_URL="+s.url, "CHROMIUM="+chromium, "NUTGRAPH_TOKEN="+newToken(t, archive, "EDITOR"))
	return command.CombinedOutput()
}

// browserTools finds what a browser test needs, or skips the test.
func browserTools(t *testing.T) (chromium, node string) {
	t.Helper()
	chromium, noChromium := exec.LookPath("chromium")
	node, noNode := exec.LookPath("node")
	_, noModules := os.Stat("web/node_modules")
	if err := errors.Join(noChromium, noNode, noModules); err != nil {
		t.Skipf("a browser test needs chromium, node, and npm ci in server/web; .ci/run installs them: %v", err)
	}
	return chromium, node
}
