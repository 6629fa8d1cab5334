package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"nutgraph": main})
}

// TestScripts runs the command as people do: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
	})
}

func TestExitCodes(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.WriteFile("bad.jsonl", []byte(`{"title": ""}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{"schema"}, exitDone},
		{[]string{"--help"}, exitDone},
		{[]string{"import", "--help"}, exitDone},
		{[]string{"--no-such-flag"}, exitUsage},
		{[]string{"no-such-command"}, exitUsage},
		{[]string{"import"}, exitUsage},
		{[]string{"import", "--format", "docx", "x"}, exitUsage},
		{[]string{"jobs", "retry"}, exitUsage},
		{[]string{"export", "--db", "none.db"}, exitFailed},
		{[]string{"import", "none.jsonl"}, exitFailed},
		{[]string{"import", "bad.jsonl"}, exitFailed},
		{[]string{"import", "--on-error", "skip", "bad.jsonl"}, exitFailed},
		{[]string{"--addr", "nonsense", "--db", "x.db"}, exitFailed},
	} {
		if got := run(test.args); got != test.want {
			t.Errorf("nutgraph %q exits with %d, want %d", test.args, got, test.want)
		}
	}
}
