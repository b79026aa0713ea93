import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { RequestError } from '../problems/problem.js';
import { Problem } from '../problems/problem.js';
import { jsonPointer } from './json-body.js';

// Unknown fields are refused, not dropped: a misspelt one must not be lost in silence.
const options = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
} as const;

/** Turns bodies and queries into their DTOs, or refuses them with a pointer to each misfit. */
export class ValidationPipe implements PipeTransform<unknown, unknown> {
  transform(given: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || metatype === undefined || metatype === Object) return given;
    // Where every field can be left out, so can the body.
    const value = given === undefined ? {} : given;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('validation', { errors: [{ pointer: '', detail: 'has to be a JSON object' }] });
    }
    const dto: object = plainToInstance(metatype as Type<object>, value);
    const errors = validateSync(dto, options);
    if (errors.length > 0) throw new Problem('validation', { errors: misfits(errors, [], type === 'query') });
    return dto;
  }
}

function misfits(errors: readonly ValidationError[], above: readonly string[], query: boolean): RequestError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = [...above, property];
    const pointer = query ? `?${path.join('.')}` : jsonPointer(path);
    const own = Object.values(constraints ?? {}).map((detail) => ({ pointer, detail }));
    return [...own, ...misfits(children ?? [], path, query)];
  });
}
