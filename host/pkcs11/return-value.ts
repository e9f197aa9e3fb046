import { type FailureCode, isFailure } from '@sigill/core';
import { CKR, type ReturnValue } from './constants.js';
import { Refusal } from './refusal.js';

const values: Readonly<Partial<Record<FailureCode, ReturnValue>>> = {
  'pin-wrong': CKR.PIN_INCORRECT,
  // The card has called this very value wrong before, and is not asked again.
  'guard-known-wrong': CKR.PIN_INCORRECT,
  'pin-locked': CKR.PIN_LOCKED,
  'pin-not-set': CKR.USER_PIN_NOT_INITIALIZED,
  'pin-unknown': CKR.USER_PIN_NOT_INITIALIZED,
  'secret-length': CKR.PIN_LEN_RANGE,
  'secret-not-digits': CKR.PIN_INVALID,
  'secret-missing': CKR.FUNCTION_CANCELED,
  cancelled: CKR.FUNCTION_CANCELED,
  'guard-last-tries': CKR.FUNCTION_CANCELED,
  'guard-tries-unknown': CKR.FUNCTION_CANCELED,
  // Somebody else has used tries: the program is logged out, and the person is asked the next time.
  'guard-tries-changed': CKR.USER_NOT_LOGGED_IN,
  'guard-state-changed': CKR.USER_NOT_LOGGED_IN,
  'card-removed': CKR.DEVICE_REMOVED,
  'no-card': CKR.DEVICE_REMOVED,
  'no-reader': CKR.DEVICE_REMOVED,
  'reader-unknown': CKR.DEVICE_REMOVED,
  'service-absent': CKR.DEVICE_REMOVED,
  'key-unknown': CKR.KEY_HANDLE_INVALID,
  'key-algorithm': CKR.KEY_TYPE_INCONSISTENT,
  'call-invalid': CKR.DATA_LEN_RANGE,
  'reader-busy': CKR.DEVICE_ERROR,
  'reader-error': CKR.DEVICE_ERROR,
  'card-reset': CKR.DEVICE_ERROR,
  'card-malformed': CKR.DEVICE_ERROR,
  'card-refused': CKR.DEVICE_ERROR,
  'card-unrecognised': CKR.DEVICE_ERROR,
  'outcome-unknown': CKR.DEVICE_ERROR,
};

/** What a program is told of an error; CKR_GENERAL_ERROR for what is our fault. */
export function returnValue(error: unknown): ReturnValue {
  if (error instanceof Refusal) return error.value;
  return (isFailure(error) && values[error.code]) || CKR.GENERAL_ERROR;
}
