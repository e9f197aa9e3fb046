import { isFailure } from '@sigill/core';
