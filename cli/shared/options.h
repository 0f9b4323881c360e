/* SPDX-License-Identifier: MIT
 *
 * Exit statuses, the options of commands, and messages about wrong usage.
 */
#pragma once

#include "base/gettext.h"
#include "lab/report/run.h"

#include <stddef.h>

/* Exit statuses, the same for every command (docs/design.md). */
typedef enum
{
  SF_EXIT_OK = 0,     /* done, and every expectation held */
  SF_EXIT_FAILED = 1, /* an expectation failed */
  SF_EXIT_INPUT = 2,  /* the input or the usage is wrong */
  SF_EXIT_FAULT = 3,  /* a fault of the program or of the machine: out of memory, disk full */
} SfExit;

/* --- rows --- */

/* What an option takes, which decides the type of its field. */
typedef enum
{
  SF_OPTION_FLAG,          /* gboolean: takes nothing */
  SF_OPTION_TEXT,          /* char * */
  SF_OPTION_OPTIONAL_TEXT, /* char *; "" if only the name is given: the text follows a '=' or is omitted */
  SF_OPTION_FILE,          /* char *, in the encoding of file names */
  SF_OPTION_LIST,          /* char **, NULL-terminated: a text each time that it is given */
  SF_OPTION_INT,           /* int, as GLib reads it */
  /* The others are an SfArgument. */
  SF_OPTION_COUNT,   /* a whole number */
  SF_OPTION_SEED,    /* a whole number of up to 63 bits */
  SF_OPTION_INSTANT, /* an instant: SfTime */
  SF_OPTION_CHOICE,  /* one of several words: its index */
} SfOptionType;

/* What was given for an option. */
typedef struct
{
  char *text;   /* as written; NULL: not given */
  gint64 value; /* its meaning; unchanged if not given */
} SfArgument;

/* The values that an option takes. */
typedef struct
{
  const char *const *choices; /* NULL-terminated: the words of a choice, or texts that a shell offers */
  const char *complaint; /* N_(): the message about another word, which replaces each %s; NULL: a list of the choices */
  gint64 least, most;    /* of a count; `most` 0: the maximum of an int */
} SfOptionValues;

/* An option of a command. Everything else follows from its row: parsing, freeing, messages, --help, and what a shell
 * offers. */
typedef struct
{
  const char *name;
  char short_name; /* 0: none */
  SfOptionType type;
  gsize offset;         /* offset of its field in the options of the command */
  const char *help;     /* N_(); NULL: not for people */
  const char *argument; /* name of its value in --help; NULL: a flag */
  const SfOptionValues *values;
} SfOption;

#define SF_OPTION_END                            \
  {                                              \
    NULL, 0, SF_OPTION_FLAG, 0, NULL, NULL, NULL \
  }

/* --- rows of several commands; `Options` is the type of the command's options --- */

#define SF_LANG_HELP N_ ("Language of what is printed: %s (default: that of the locale)")

/* Returns the translation of `text`, the help of an option, with the languages in place of %s. */
const char *sf_option_help (const char *text);

/* The option --lang. sf_options_parse() adds it and switches the language; list it yourself, as a text `lang`, only if
 * you need its value. */
#define SF_LANG_ROW(Options)                                                                 \
  {                                                                                          \
    "lang", 0, SF_OPTION_TEXT, offsetof (Options, lang), SF_LANG_HELP, "LANG", &sf_languages \
  }

#define SF_COLOR_ROW(Options)                                                                                \
  {                                                                                                          \
    "color", 0, SF_OPTION_CHOICE, offsetof (Options, color), N_ ("auto (default), always or never"), "WHEN", \
      &sf_color_choices                                                                                      \
  }

#define SF_SEED_ROW(Options, seed)                                                                      \
  {                                                                                                     \
    "seed", 0, SF_OPTION_SEED, offsetof (Options, seed), N_ ("Seed of all random decisions"), "N", NULL \
  }

#define SF_SETS_ROW(Options, sets)                                                      \
  {                                                                                     \
    "set", 0, SF_OPTION_LIST, offsetof (Options, sets),                                 \
      N_ ("Override a value (hosts.server.tcp.msl=30s); repeatable"), "KEY=VALUE", NULL \
  }

extern const SfOptionValues sf_languages;      /* of --lang */
extern const SfOptionValues sf_color_choices;  /* of --color: SfColor */
extern const SfOptionValues sf_voice_choices;  /* of --voice: SfVoice */
extern const SfOptionValues sf_format_choices; /* of --pictures, which takes several */

/* --- parsing --- */

/* The usage of a command. The texts are marked with N_() and translated here. */
typedef struct
{
  const SfOption *options;       /* up to SF_OPTION_END */
  const char *arguments;         /* the arguments in the usage line, after the options */
  const char *description;       /* the description in --help */
  char *(*describe_more) (void); /* returns what --help says below it, in the language of messages; NULL: nothing */
} SfUsage;

/* Parses the options of a command, argv[0], into `options`, which holds the defaults; free it with sf_options_clear().
 * Stores the positional arguments in `*ret_rest` (NULL-terminated). FALSE with `*ret_exit` set if the command is over:
 * --help, or wrong usage. */
gboolean sf_options_parse (int argc, char **argv, const SfUsage *usage, gpointer options, char ***ret_rest,
                           SfExit *ret_exit);

/* Frees the fields of `options`. */
void sf_options_clear (const SfOption *rows, gpointer options);

/* A command after its options were parsed. */
typedef SfExit (*SfCommandFunc) (const char *command, char **arguments, gconstpointer options);

/* Parses the options, runs the command unless it is over, and frees the options. */
SfExit sf_options_run (int argc, char **argv, const SfUsage *usage, gpointer options, SfCommandFunc run);

/* Returns "--NAME=VALUE" for those of the options `names` (NULL-terminated) that were given. Free it with g_strfreev().
 * None of them may be a flag or an int. */
char **sf_options_given (const SfOption *rows, gconstpointer options, const char *const *names);

/* --- values --- */

/* Finds `text` among the words of `values`. FALSE after a message about `option`, "--paper". */
gboolean sf_option_choose (const char *command, const char *option, const char *text, const SfOptionValues *values,
                           gint64 *ret_index);

/* Sets the seed of a run, if one was given. */
void sf_option_set_seed (const SfArgument *seed, SfRunOptions *run_options);

/* Splits the values of --set (NULL-terminated, or NULL) into an array of SfOverride. NULL after a message. */
GArray *sf_sets_parse (char **sets);

/* With `ascii`, switches to English if `lang`, the value of --lang, is NULL. FALSE after a message if `lang` is another
 * language. */
gboolean sf_lang_check_ascii (const char *command, gboolean ascii, const char *lang);

/* --- messages --- */

/* Reports wrong usage of `command` on standard error. Returns SF_EXIT_INPUT. */
SfExit sf_usage_error (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Reports that the program failed: "synfin: MESSAGE". Returns SF_EXIT_FAULT. */
SfExit sf_fatal_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
