/* SPDX-License-Identifier: MIT
 *
 * Leaks that are not ours, for LeakSanitizer.
 */
const char *__lsan_default_suppressions (void);

/* libfyaml 0.7.12 loses a little memory for every quoted scalar with many escapes (its issue 337). */
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfyaml.so\n";
}
