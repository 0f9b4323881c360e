/* SPDX-License-Identifier: MIT */
#include "models/apps/process_options.h"

static const SfSocketOptions none;

static SfProcessOptions *
options_at (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->options, handle);
}

const SfSocketOptions *
sf_process_options (const SfNet *net, guint32 handle)
{
  return handle != 0 ? &options_at (net, handle)->options : &none;
}

SfSocketOptions *
sf_process_options_own (SfNet *net, guint32 *handle)
{
  guint32 own;

  if (*handle != 0 && options_at (net, *handle)->n_users == 1)
    return &options_at (net, *handle)->options;
  own = sf_pool_take (&net->options);
  options_at (net, own)->n_users = 1;
  options_at (net, own)->options = *sf_process_options (net, *handle);
  sf_process_options_release (net, handle);
  *handle = own;
  return &options_at (net, own)->options;
}

guint32
sf_process_options_share (SfNet *net, guint32 handle)
{
  if (handle != 0)
    options_at (net, handle)->n_users++;
  return handle;
}

void
sf_process_options_release (SfNet *net, guint32 *handle)
{
  if (*handle != 0 && --options_at (net, *handle)->n_users == 0)
    sf_pool_give (&net->options, *handle);
  *handle = 0;
}
