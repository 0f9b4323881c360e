/* SPDX-License-Identifier: MIT
 *
 * The mistakes that a scenario can have: the place and the words of each diagnostic.
 */
#include "lab/language/scenario.h"

#include "base/source_file.h"
#include "tests/support/mistakes.h"

#include <string.h>

/* Five lines before the mistake: the text of a row begins at line 6. */
#define HEAD                                                                                                        \
  "synfin: 1\ntitle: t\nhosts: {a: {}, b: {}, c: {}}\nlinks: [{between: [a, b]}, {between: [a, b]}, {between: [b, " \
  "c], name: bc}]\n#\n"
#define TOP "synfin: 1\ntitle: t\n"
#define HOSTS(hosts) TOP "hosts: " hosts "\n"
#define LINK(keys) HOSTS ("{a: {}, b: {}}") "links:\n  - {between: [a, b], " keys "}\n"
#define FAULT(fault) HEAD "faults:\n  - " fault "\n"
#define STEP(step) HEAD "script:\n  a:\n    - connect: b:80\n    - " step "\n"

static const Mistake mistakes[] = {
  /* YAML */
  { "", "1:1", "nothing in it" },
  { "# only this\n", "1:1", "nothing in it" },
  { "a: [1, 2\n", "2:1", "not YAML|without a closing bracket" },
  { "a: b: c\n", "1:5", "not YAML|nested" },
  { "a:\n\t- b\n", "2:1", "not YAML|tab" },
  { "a: \"b\n", "1:5", "not YAML|closing quote" },
  { "@a: 1\n", "1:1", "not YAML|'@'" },
  { "synfin: 1\ntitle: \xff\n", "2:8", "byte 0xff|UTF-8" },
  { "synfin: 1\ntitle: é\xc3\n", "2:9", "byte 0xc3|UTF-8" },
  { "synfin: 1\n---\nsynfin: 1\n", "2:1", "second YAML document" },
  { "synfin: 1\ntitle: a\ntitle: b\n", "3:1", "key 'title' twice" },
  { "synfin: 1\ntitle: t\nexplain:\n  en: |\n  text\n    more\n", "5:3", "indented further than its key, 'en'" },
  { "synfin: 1\ntitle: t\nexplain:\n  zh: |\n  \n  en: text\n", "6:3", "indented further than its key, 'zh'" },
  { "synfin: 1\n[a]: b\n", "2:1", "a key must be a word" },
  { "synfin: !!int 1\n", "1:15", "tags" },
  { "synfin: 1\ntitle: *x\n", "2:8", "alias '*x' has no anchor '&x'" },
  { "synfin: 1\ntitle: \"a\\0b\"\n", "2:8", "NUL" },
  { "synfin: 1\ntitle: \"a\\e[31mb\"\n", "2:8", "control character U+001B" },

  /* the top level */
  { "- a\n", "1:1", "a mapping that begins with 'synfin: 1'|found a list" },
  { "just text\n", "1:1", "begins with 'synfin: 1'|found 'just text'" },
  { "title: t\nsynfin: 1\n", "1:1", "begins with 'synfin: 1'" },
  { "synfin: 2\n", "1:9", "version 2|reads version 1" },
  { "synfin: one\n", "1:9", "a whole number|found 'one'" },
  { "synfin: 1\nhosts: {a: {}}\n", "1:1", "'title' is missing" },
  { TOP "hots: {}\n", "3:1", "unknown key 'hots' in the scenario; did you mean 'hosts'?" },
  { TOP, "1:1", "'hosts' is missing" },
  { TOP "title2: {}\n", "3:1", "unknown key 'title2'|did you mean 'title'?" },
  { "synfin: 1\ntitle: [a]\nhosts: {a: }\n", "2:8", "expected a text, found a list" },
  { "synfin: 1\ntitle: {zh: a}\nhosts: {a: }\n", "2:8", "the text in English ('en') is missing" },
  { "synfin: 1\ntitle: {}\nhosts: {a: }\n", "2:8", "the text in English ('en') is missing" },
  { "synfin: 1\ntitle: {en: a, zh: [b]}\nhosts: {a: }\n", "2:20", "expected a text, found a list" },
  { "synfin: 1\ntitle: {en: a, chinese: b}\nhosts: {a: }\n", "2:16", "'chinese' is no language|en or zh" },
  { "synfin: 1\ntitle:\nhosts: {a: }\n", "2:1", "expected a text, found nothing" },
  { HEAD "rfc: RFC 9293\n", "6:6", "a list such as [RFC 9293 section 3.5]" },
  { HEAD "expect: {}\n", "6:9", "expected a list of checks, found a mapping" },

  /* run */
  { HEAD "run: {untl: 1s}\n", "6:7", "unknown key 'untl' in run; did you mean 'until'?" },
  { HEAD "run: {until: 60}\n", "6:14", "'60' has no unit; expected a time such as 50ms" },
  { HEAD "run: {until: 60 parsecs}\n", "6:14", "'60 parsecs' has a wrong unit" },
  { HEAD "run: {until: soon}\n", "6:14", "'soon' is not a number" },
  { HEAD "run: {until: -1s}\n", "6:14", "'-1s' is negative" },
  { HEAD "run: {until: 0.5ns}\n", "6:14", "'0.5ns' is too finely divided" },
  { HEAD "run: {until: 99999999999999h}\n", "6:14", "is too large" },
  { HEAD "run: {until: 2msl}\n", "6:14", "'2msl' has a wrong unit" },
  { HEAD "run: {until: 25h}\n", "6:14", "after the time limit (86400s)" },
  { HEAD "run: {max-events: 0}\n", "6:19", "'0' is out of range; it must be 1 to" },
  { HEAD "run: {max-events: 1000000000000}\n", "6:19", "it must be 1 to 100000000" },
  { HEAD "run: {max-events: 1.5}\n", "6:19", "expected a whole number, found '1.5'" },
  { HEAD "run: [1]\n", "6:6", "expected a mapping (run), found a list" },

  /* hosts */
  { HOSTS ("{}"), "3:8", "no host" },
  { HOSTS ("[a]"), "3:8", "expected a mapping of hosts by name, found a list" },
  { HOSTS ("{a b: {}}"), "3:9", "a name is made of letters" },
  { HOSTS ("{a: {adress: 1.2.3.4}}"), "3:13", "unknown key 'adress' in host; did you mean 'address'?" },
  { HOSTS ("{a: {address: 1.2.3}}"), "3:22", "expected an IPv4 address such as 192.0.2.1, found '1.2.3'" },
  { HOSTS ("{a: {address: '::1'}}"), "3:22", "expected an IPv4 address" },
  { HOSTS ("{a: {address: 224.0.0.1}}"), "3:22", "not an address that a host on a network can have" },
  { HOSTS ("{a: {address: 10.0.0.1}, b: {address: 10.0.0.1}}"), "3:46", "'a' and 'b' have an address in common" },
  { HOSTS ("{a: {address: 10.0.0.1, addresses: 9}, b: {address: 10.0.0.9}}"), "3:60", "in common" },
  { HOSTS ("{a: {address: 223.255.255.255, addresses: 2}}"), "3:22", "there are no 2 addresses" },
  { HOSTS ("{a: {addresses: 255}}"), "3:9", "no 255 addresses in a row" },
  { HOSTS ("{a: {addresses: 254}, b: {addresses: 254}, c: {addresses: 254}, d: {}}"), "3:72",
    "no address is left in the documentation ranges: give 'd' an `address`" },
  { HOSTS ("{a: {addresses: 0}}"), "3:24", "'0' is out of range; it must be 1 to 65536" },
  { HOSTS ("{a: {profile: lunix}}"), "3:22", "unknown profile 'lunix'; did you mean 'linux'?" },
  { HOSTS ("{a: {profile: solaris}}"), "3:22",
    "unknown profile 'solaris'; there is: rfc9293, linux, freebsd, freebsd-11, windows" },
  { HOSTS ("{a: {}, b: {}}"), "3:8", "2 hosts and routers, but no `links`" },
  { HEAD "routers: [a]\n", "6:11", "the name 'a' is used twice" },
  { HEAD "routers: r\n", "6:10", "a list of routers" },
  { HEAD "routers: [{nam: r}]\n", "6:12", "unknown key 'nam' in router; did you mean 'name'?" },
  { HEAD "routers: [{translates: [a]}]\n", "6:11", "'name' is missing" },
  { HEAD "routers: [{name: a}]\n", "6:18", "the name 'a' is used twice" },
  { HEAD "routers: [{name: r, translates: a}]\n", "6:33", "a list of names of hosts" },
  { HEAD "routers: [{name: r, translates: [d]}]\n", "6:34", "'d'" },
  { HEAD "routers: [{name: r, translates: [a]}, {name: q, translates: [a]}]\n", "6:62", "'a' are translated twice" },
  { HEAD "routers: [{name: r, unmapped: reset}]\n", "6:31", "'unmapped' is for a router that translates" },
  { HEAD "routers: [{name: r, translates: [a], unmapped: rst}]\n", "6:48",
    "unknown unmapped 'rst'; there is: drop, reset" },
  { HEAD "routers: [{name: r, address: 192.0.2.9}]\n", "6:30", "an address only if it translates" },
  { TOP "hosts: {a: {address: 192.0.2.1}, b: {}}\nrouters: [{name: r, translates: [a], address: 192.0.2.1}]\n", "4:47",
    "'a' and 'r' have an address in common" },
  { TOP "hosts: {a: {}, b: {}}\nrouters: [{name: r, translates: [a]}]\nlinks: [{between: [a, b]}]\n", "5:20",
    "'a' is behind 'r', and can be linked to nothing else" },
  { HEAD "profile: rfc793\n", "6:10", "unknown profile 'rfc793'" },

  /* tcp */
  { HOSTS ("{a: {tcp: {mls: 30s}}}"), "3:19", "unknown key 'mls' in tcp; did you mean 'msl'?" },
  { HOSTS ("{a: {tcp: {syn-retires: 3}}}"), "3:19", "did you mean 'syn-retries'?" },
  { HOSTS ("{a: {tcp: {syn-retries: 1, syn_retries: 2}}}"), "3:35", "'syn-retries' twice" },
  { HOSTS ("{a: {tcp: {syn-retries: 256}}}"), "3:32", "'256' is out of range; it must be 0 to 255" },
  { HOSTS ("{a: {tcp: {msl: 2msl}}}"), "3:24", "'2msl' has a wrong unit; expected a time" },
  { HOSTS ("{a: {tcp: {time-wait: 20000msl}}}"), "3:30", "'20000msl' is out of range; it must be 0msl to 10000msl" },
  { HOSTS ("{a: {tcp: {time-wait: 60}}}"), "3:30", "'60' has no unit; expected a time such as 60s, or 2msl" },
  { HOSTS ("{a: {tcp: {nagle: maybe}}}"), "3:26", "expected yes or no, found 'maybe'" },
  { HOSTS ("{a: {tcp: {isn: rfc1948}}}"), "3:24", "unknown isn 'rfc1948'; there is: rfc6528, clock, random, zero" },
  { HOSTS ("{a: {tcp: {send-buffer: 2 GiB}}}"), "3:32", "'2 GiB' is out of range; it must be 1 B to 1 GiB" },
  { HOSTS ("{a: {tcp: {send-buffer: 64 kib}}}"), "3:32", "'64 kib' has a wrong unit; expected an amount" },
  { HOSTS ("{a: {tcp: {mutants: [time-wait-noack]}}}"), "3:29", "unknown mutant|did you mean 'time-wait-no-ack'?" },
  { HOSTS ("{a: {tcp: {mutants: all}}}"), "3:28", "expected a list of mutants" },
  { HOSTS ("{a: {tcp: {ephemeral-first: 60000, ephemeral-last: 50000}}}"), "3:18", "the TCP of 'a' can not work" },
  { HEAD "tcp: {mls: 30s}\n", "6:7", "did you mean 'msl'?" },

  /* links */
  { HOSTS ("{a: {}, b: {}}") "links: {between: [a, b]}\n", "4:8", "expected a list of links" },
  { HOSTS ("{a: {}, b: {}}") "links: [{delay: 1s}]\n", "4:9", "'between' is missing" },
  { HOSTS ("{a: {}, b: {}}") "links: [{between: [a, a]}]\n", "4:23", "a link from 'a' to itself" },
  { HOSTS ("{a: {}, b: {}}") "links: [{between: [a]}]\n", "4:19",
    "a list of the two ends of a link, found a list of 1" },
  { HOSTS ("{client: {}, b: {}}") "links: [{between: [clinet, b]}]\n", "4:20",
    "unknown host 'clinet'; did you mean 'client'?" },
  { LINK ("dealy: 1s"), "5:23", "unknown key 'dealy' in link; did you mean 'delay'?" },
  { LINK ("rate: 10"), "5:29", "'10' has no unit; expected a rate such as 10Mbit/s" },
  { LINK ("rate: 10Mbps"), "5:29", "'10Mbps' has a wrong unit" },
  { LINK ("rate: 0bit/s"), "5:29", "out of range" },
  { LINK ("loss: 101%"), "5:29", "'101%' is out of range; it must be 0% to 100%" },
  { LINK ("loss: -1%"), "5:29", "'-1%' is negative" },
  { LINK ("loss: {gilbert: {}}"), "5:30", "unknown key 'gilbert' in loss" },
  { LINK ("loss: {gilbert-elliott: {p: 1%}}"), "5:47", "'r' is missing" },
  { LINK ("loss: {gilbert-elliott: {p: 101%, r: 1%}}"), "5:51", "'101%' is out of range" },
  { LINK ("loss: {gilbert-elliott: {p: 1%, r: 101%}}"), "5:58", "'101%' is out of range" },
  { LINK ("loss: {gilbert-elliott: {p: 1%, r: 1%, good: 101%}}"), "5:68", "'101%' is out of range" },
  { LINK ("loss: {gilbert-elliott: {p: 1%, r: 1%, bad: 101%}}"), "5:67", "'101%' is out of range" },
  { LINK ("jitter: 5ms"), "5:31", "expected a mapping (jitter), found '5ms'" },
  { LINK ("jitter: {gauss: 5ms}"), "5:32", "unknown jitter 'gauss'" },
  { LINK ("jitter: {uniform: 5ms}"), "5:41", "a list of two times" },
  { LINK ("jitter: {uniform: [5ms, 1ms]}"), "5:47", "from more to less" },
  { LINK ("jitter: {pareto: [1ms, 2ms]}"), "5:46", "'2ms' has a wrong unit; expected a number" },
  { LINK ("jitter: {constant: 1ms, uniform: [1ms, 2ms]}"), "5:47", "more than one distribution" },
  { LINK ("reorder: {probability: 1%}"), "5:32", "'by' is missing" },
  { LINK ("queue: 100"), "5:30", "expected a limit such as '100 segments' or '64 KiB', found '100'" },
  { LINK ("queue: 0 segments"), "5:30", "out of range" },
  { LINK ("queue: {segments: 5, byte: 1}"), "5:44", "did you mean 'bytes'?" },
  { LINK ("to c: {delay: 1s}"), "5:26", "unknown host 'c'" },
  { LINK ("to b: {down: yes}"), "5:30", "unknown key 'down' in direction" },
  { LINK ("name: x}\n  - {between: [a, b], name: x"), "6:29", "the name 'x' is used twice" },

  /* faults */
  { HEAD "faults: {drop: {}}\n", "6:9", "expected a list of faults" },
  { FAULT ("drop"), "7:5", "expected a mapping (fault), found 'drop'" },
  { FAULT ("{dorp: {from: a}}"), "7:6", "unknown fault 'dorp'; did you mean 'drop'?" },
  { FAULT ("{drop: {from: d}}"), "7:19", "unknown host 'd'; there is: a, b, c" },
  { FAULT ("{drop: {form: a}}"), "7:13", "unknown key 'form' in segment matcher; did you mean 'from'?" },
  { FAULT ("{drop: {from: a}, by: 3s}"), "7:23", "unknown key 'by' in drop" },
  { FAULT ("{delay: {from: a}}"), "7:5", "'by' is missing" },
  { FAULT ("{hold: {from: a}}"), "7:5", "'until' is missing" },
  { FAULT ("{replay: {from: a}}"), "7:5", "'at' is missing" },
  { FAULT ("{drop: {flags: SYN}}"), "7:20", "flags such as S, S.|found 'SYN'" },
  { FAULT ("{drop: {flags: S, without: S}}"), "7:12", "no segment can match" },
  { FAULT ("{drop: {len: [5, 3]}}"), "7:22", "'3' is out of range; it must be 5 B to" },
  { FAULT ("{drop: {seq: [5, 3]}}"), "7:22", "3 is less than 5" },
  { FAULT ("{drop: {nth: 0}}"), "7:18", "'0' is out of range; it must be 1 to" },
  { FAULT ("{drop: {nth: 0+}}"), "7:18", "a count from 1 on|found '0+'" },
  { FAULT ("{drop: {sport: 0}}"), "7:20", "'0' is out of range; it must be 1 to 65535" },
  { FAULT ("{drop: {sport: http}}"), "7:20", "expected a whole number, found 'http'" },
  { FAULT ("{drop: {when: {host: a, state: ESTABLISHD}}}"), "7:36",
    "unknown state 'ESTABLISHD'; did you mean 'ESTABLISHED'?" },
  { FAULT ("{drop: {when: {host: a}}}"), "7:19", "'state' is missing" },
  { FAULT ("{drop: {after: 2s, before: 1s}}"), "7:32", "`before` lies before `after`" },
  { FAULT ("{duplicate: {}, copies: 0}"), "7:29", "out of range" },
  { FAULT ("{link-down: bd, at: 1s}"), "7:17", "unknown link 'bd'; did you mean 'bc'?" },
  { FAULT ("{link-down: [a, c], at: 1s}"), "7:17", "no link between 'a' and 'c'" },
  { FAULT ("{link-down: [a, b], at: 1s}"), "7:17", "2 links between 'a' and 'b'" },
  { FAULT ("{link-down: bc}"), "7:5", "'at' is missing" },
  { FAULT ("{crash: b, at: 1}"), "7:20", "has no unit" },
  { FAULT ("{inject: {from: a, to: b, sport: 1, dport: 2}, at: 1s}"), "7:14", "'flags' is missing" },
  { FAULT ("{inject: {from: a, to: a, sport: 1, dport: 2, flags: R}, at: 1s}"), "7:28", "to itself" },
  { FAULT ("{inject: {from: a, to: b, sport: 1, dport: 2, flags: R, ts: 5}, at: 1s}"), "7:65", "[TSval, TSecr]" },

  /* script */
  { HEAD "script: connect\n", "6:9", "a mapping of steps by host, or a list of processes" },
  { HEAD "script: {d: [accept]}\n", "6:10", "unknown host 'd'" },
  { HEAD "script: {a: accept}\n", "6:13", "expected a list of steps, found 'accept'" },
  { HEAD "script: {a: []}\n", "6:13", "no steps" },
  { HEAD "script: [{steps: [accept]}]\n", "6:10", "'host' is missing" },
  { HEAD "script: [{host: a, steps: [accept], on-error: go}]\n", "6:47",
    "unknown on-error 'go'; there is: stop, continue" },
  { STEP ("conect: b:80"), "9:7", "unknown step 'conect'; did you mean 'connect'?" },
  { STEP ("send 100 B"), "9:7", "unknown step 'send 100 B'; did you mean 'send: 100 B'?" },
  { STEP ("conect"), "9:7", "unknown step 'conect'; did you mean 'connect'?" },
  { STEP ("close: now"), "9:14", "expected nothing after this step, found 'now'" },
  { STEP ("{close: , abort: }"), "9:17", "a step is one thing" },
  { STEP ("connect: b"), "9:16", "expected HOST:PORT such as server:80, found 'b'" },
  { STEP ("connect: d:80"), "9:16", "unknown host 'd'" },
  { STEP ("connect: b:0"), "9:18", "'0' is not a port; it must be 1 to 65535" },
  { STEP ("connect: b:http"), "9:18", "'http' is not a port" },
  { STEP ("listen: 65536"), "9:15", "'65536' is out of range; it must be 1 to 65535" },
  { STEP ("listen: {backlog: 5}"), "9:15", "'port' is missing" },
  { STEP ("send"), "9:7", "expected an amount such as 100 B, or a text, found nothing" },
  { STEP ("send: 100 kb"), "9:13", "'100 kb' has a wrong unit" },
  { STEP ("send: 0"), "9:13", "'0' is out of range" },
  { STEP ("send: \"\""), "9:13", "an empty text" },
  { STEP ("send: {urgent: yes}"), "9:13", "either `text` or `bytes`" },
  { STEP ("receive: all"), "9:16", "eof, or some, found 'all'" },
  { STEP ("wait: 5"), "9:13", "'5' has no unit" },
  { STEP ("until: {host: b, state: OPEN}"), "9:31", "unknown state 'OPEN'; there is: CLOSED" },
  { STEP ("option: {nodelya: yes}"), "9:16", "unknown key 'nodelya' in option; did you mean 'nodelay'?" },
  { STEP ("option: {keepcnt: 0}"), "9:25", "out of range; it must be 1 to 255" },
  { STEP ("repeat: {steps: [close]}"), "9:15", "'times' is missing" },
  { STEP ("forever: []"), "9:16", "no steps" },
  { STEP ("each: [{each: [close]}]"), "9:21", "an `each` within an `each`" },
  { STEP ("forever: [forever: [forever: [forever: [forever: [close]]]]]"), "9:56", "more than 4 deep" },

  /* variants */
  { HEAD "variants: [a]\n", "6:11", "a mapping of variants by name" },
  { HEAD "variants: {standard: {}}\n", "6:12", "can not be a variant" },
  { HEAD "variants: {v: {sets: {}}}\n", "6:16", "unknown key 'sets' in variant; did you mean 'set'?" },
  { HEAD "variants: {v: {set: [a]}}\n", "6:21", "a mapping of values by path" },
};

/* Mistakes in the path of an override, or in the `set` of a variant. */
static const struct
{
  const char *variant;
  const char *path, *value;
  const char *file, *place;
  const char *words;
} overrides[] = {
  { NULL, "hosts.a.tcp.mls", "30s", "--set hosts.a.tcp.mls=30s", NULL,
    "unknown key 'mls' in tcp; did you mean 'msl'?" },
  { NULL, "hosts.a.tcp.msl", "30", "--set hosts.a.tcp.msl=30", NULL, "'30' has no unit" },
  { NULL, "links.7.delay", "1s", "--set links.7.delay=1s", NULL, "no item 7 in a list of 3" },
  { NULL, "links.x.delay", "1s", "--set links.x.delay=1s", NULL, "'x' is not the number of a list item" },
  { NULL, "title.x", "1s", "--set title.x=1s", NULL, "nothing can be set below 't'" },
  { NULL, "hosts..x", "1s", "--set hosts..x=1s", NULL, "has an empty part" },
  { NULL, "rfc", "[a", "--set rfc=[a", NULL, "not YAML" },
  { NULL, "a", "", "--set a=", NULL, "nothing in it" },
  { "fats", NULL, NULL, "test.yaml", NULL, "no variant 'fats'; did you mean 'fast'?" },
  { "fast", NULL, NULL, "test.yaml", "8:19", "unknown key 'dealy' in link; did you mean 'delay'?" },
  { "far", NULL, NULL, "test.yaml", "9:21", "nothing can be set below 't'" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      const char *text = mistakes[i].text;
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfScenario) scenario = sf_scenario_parse (text, strlen (text), "test.yaml", NULL, NULL, 0, diag);

      mistakes_check (sf_diagnostics_error (diag), "test.yaml", &mistakes[i]);
      g_assert_cmpint (scenario == NULL, ==, sf_diagnostics_error (diag) != NULL);
    }
}

static void
test_overrides (void)
{
  const char *text = HEAD "variants:\n  fast:\n    set: {links.0.dealy: 1ms}\n  far: {set: {title.far: 1ms}}\n";

  for (guint i = 0; i < G_N_ELEMENTS (overrides); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      SfOverride set = { overrides[i].path, overrides[i].value, NULL };
      g_autoptr (SfScenario) scenario = sf_scenario_parse (text, strlen (text), "test.yaml", overrides[i].variant, &set,
                                                           set.path == NULL ? 0 : 1, diag);
      const Mistake mistake = { text, overrides[i].place, overrides[i].words };

      g_assert_null (scenario);
      mistakes_check (sf_diagnostics_error (diag), overrides[i].file, &mistake);
    }
}

/* Asserts that `text`, which is too large or too deep to be read to its end, is refused with `words`. */
static void
assert_refused (const char *text, gsize len, const char *words)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = sf_scenario_parse (text, len, "test.yaml", NULL, NULL, 0, diag);

  g_assert_null (scenario);
  g_assert_nonnull (sf_diagnostics_error (diag));
  mistakes_check_words (sf_diagnostics_error (diag)->message, words);
}

static void
test_deep (void)
{
  g_autofree char *flow = g_strnfill (100000, '[');
  GString *block = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (block, "- ");
  assert_refused (flow, 100000, "nested deeper than 64 levels");
  assert_refused (block->str, block->len, "nested deeper than 64 levels");
  g_string_free (block, TRUE);
}

/* A mistake on a long line: libfyaml 0.7.12 would overrun a buffer if it printed this line itself. */
static void
test_long_line (void)
{
  g_autofree char *gap = g_strnfill (400, ' ');
  g_autofree char *text = g_strconcat ("o", gap, "synfin: 1", gap, "\n", gap, "st", gap, "synfin: 1", gap, "\n", gap,
                                       "sts", NULL);

  assert_refused (text, strlen (text), "not YAML: invalid multiline plain key");
}

static void
test_alias_bomb (void)
{
  GString *bomb = g_string_new ("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");

  for (guint i = 1; i < 40; i++)
    {
      g_string_append_printf (bomb, "a%u: &a%u [", i, i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (bomb, "%s*a%u", j > 0 ? ", " : "", i - 1);
      g_string_append (bomb, "]\n");
    }
  assert_refused (bomb->str, bomb->len, "more than 1000000 values, counting what aliases stand for");
  g_string_free (bomb, TRUE);
}

static void
test_large (void)
{
  gsize len = SF_SOURCE_MAX_BYTES + 1;
  g_autofree char *text = g_strnfill (len, 'x');

  assert_refused (text, len, "larger than 4 MiB");
}

static void
test_files (void)
{
  static const struct
  {
    const char *path, *words;
  } files[] = {
    { "/", "can not be read: " },
    { "/no/such/file.yaml", "can not be read: " },
    { "/dev/zero", "larger than 4 MiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfScenario) scenario = sf_scenario_load (files[i].path, NULL, NULL, NULL, 0, diag);

      g_assert_null (scenario);
      g_assert_cmpstr (sf_diagnostics_error (diag)->file, ==, files[i].path);
      mistakes_check_words (sf_diagnostics_error (diag)->message, files[i].words);
    }
}

static void
test_format (void)
{
  const char *text = HOSTS ("{é: {tcp: {mls: 30s}}}");
  const char *ascii = HOSTS ("{a: {tcp: {mls: 30s}}}");
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = sf_scenario_parse (ascii, strlen (ascii), "dir/test.yaml", NULL, NULL, 0, diag);
  g_autofree char *shown = sf_diagnostic_format (sf_diagnostics_error (diag));

  g_assert_null (scenario);
  g_assert_cmpstr (shown, ==,
                   "dir/test.yaml:3:19: error: unknown key 'mls' in tcp; did you mean 'msl'?\n"
                   "  hosts: {a: {tcp: {mls: 30s}}}\n"
                   "                    ^\n");
  assert_refused (text, strlen (text), "a name is made of letters");
}

int
main (int argc, char **argv)
{
  if (mistakes_are_wanted (argc, argv))
    return mistakes_print (mistakes, G_N_ELEMENTS (mistakes));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario-errors/rows", test_rows);
  g_test_add_func ("/scenario-errors/overrides", test_overrides);
  g_test_add_func ("/scenario-errors/deep", test_deep);
  g_test_add_func ("/scenario-errors/long-line", test_long_line);
  g_test_add_func ("/scenario-errors/alias-bomb", test_alias_bomb);
  g_test_add_func ("/scenario-errors/large", test_large);
  g_test_add_func ("/scenario-errors/files", test_files);
  g_test_add_func ("/scenario-errors/format", test_format);
  return g_test_run ();
}
