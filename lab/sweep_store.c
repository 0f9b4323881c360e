/* SPDX-License-Identifier: MIT */
#include "lab/sweep_store.h"

G_DEFINE_QUARK (sf-store-error-quark, sf_store_error)

struct SfStore
{
  gboolean complete;
};

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, "results cannot be stored yet");
  return FALSE;
}

SfStore *
sf_store_open (const char *path G_GNUC_UNUSED, const SfSweep *sweep G_GNUC_UNUSED, const char *version G_GNUC_UNUSED,
               guint shard G_GNUC_UNUSED, guint n_shards G_GNUC_UNUSED, gboolean resume G_GNUC_UNUSED, GError **error)
{
  fail (error);
  return NULL;
}

SfStore *
sf_store_open_existing (const char *path G_GNUC_UNUSED, SfSweep **ret_sweep G_GNUC_UNUSED,
                        SfDiagnostics *diag G_GNUC_UNUSED, GError **error)
{
  fail (error);
  return NULL;
}

void
sf_store_close (SfStore *store)
{
  g_free (store);
}

gboolean
sf_store_add (SfStore *store G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint64 replication G_GNUC_UNUSED,
              const gint64 *values G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}

gboolean
sf_store_commit (SfStore *store G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}

gboolean
sf_store_finish (SfStore *store G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}

gboolean
sf_store_is_complete (const SfStore *store)
{
  return store->complete;
}

guint64
sf_store_n_runs (SfStore *store G_GNUC_UNUSED, guint point G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}

GArray *
sf_store_values (SfStore *store G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint measure G_GNUC_UNUSED, GError **error)
{
  fail (error);
  return NULL;
}

gboolean
sf_store_foreach (SfStore *store G_GNUC_UNUSED, SfStoreTake take G_GNUC_UNUSED, gpointer user G_GNUC_UNUSED,
                  GError **error)
{
  return fail (error);
}

gboolean
sf_store_find (SfStore *store G_GNUC_UNUSED, guint64 row G_GNUC_UNUSED, guint *ret_point G_GNUC_UNUSED,
               guint64 *ret_replication G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}

gboolean
sf_store_merge (const char *path G_GNUC_UNUSED, const char *const *shards G_GNUC_UNUSED,
                const char *version G_GNUC_UNUSED, GError **error)
{
  return fail (error);
}
