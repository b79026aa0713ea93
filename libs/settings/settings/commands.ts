import type { AttributeCatalogue } from '#attributes/attributes';
import type { Command } from '#event-sourcing';
import type { SettingsChanges } from './state.js';

/** Takes over what is named; what is not stays as it is. */
export type ChangeSettings = Command<
  'ChangeSettings',
  { readonly changes: SettingsChanges; readonly catalogue: AttributeCatalogue }
>;

export type SettingsCommand = ChangeSettings;
