import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsLocale, IsObject, ValidateNested } from 'class-validator';
import { testOperators } from '#contact-groups/condition';
import type { TestOperator } from '#contact-groups/condition';
import { picks } from '#routing/rules';
import type { TeamPick } from '#routing/rules';
import { Id, IdList, ifGiven, OptionalId, OptionalOneOf, OptionalText } from '../bodies/fields.js';

/** What an attribute of the contact must be, as in the condition of a group. */
export class AttributeTermBody {
  @Id() readonly alias!: string;
  /** Not given: `is`. */
  @OptionalOneOf(testOperators) readonly operator?: TestOperator;

  /** Whether it fits the attribute is the rule's matter: what is wrong with it is named. */
  @IsDefined()
  @ApiProperty({ description: 'what the operator takes for this attribute', example: 'gold' })
  readonly value!: unknown;
}

/** All that is named must hold; nothing named holds always. */
export class RoutingTermsBody {
  /** The current channel. */
  @OptionalId() readonly channelId?: string;
  /** Id of a contact group; `vip` is one. */
  @OptionalId() readonly group?: string;
  /** Id of a topic. */
  @OptionalId() readonly topic?: string;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => AttributeTermBody)
  @ApiPropertyOptional({ type: AttributeTermBody })
  readonly attribute?: AttributeTermBody;

  /** BCP 47; `nl` is for `nl-BE` too. */
  @ifGiven()
  @IsLocale()
  @ApiPropertyOptional({ type: String, example: 'nl' })
  readonly language?: string;

  @OptionalOneOf(['open', 'closed']) readonly businessHours?: 'open' | 'closed';
}

/** A user, a team, or one of a team. */
export class RoutingTargetBody {
  @OptionalId() readonly userId?: string;
  @OptionalId() readonly teamId?: string;
  /** How one of the team is chosen, among those online. */
  @OptionalOneOf(picks) readonly pick?: TeamPick;
}

class RoutingRuleBody {
  @OptionalText(200) readonly name?: string;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => RoutingTermsBody)
  @ApiPropertyOptional({ type: RoutingTermsBody })
  readonly when?: RoutingTermsBody;
}

/** Without `when` it takes every conversation. */
export class AddRoutingRuleBody extends RoutingRuleBody {
  @IsObject()
  @ValidateNested()
  @Type(() => RoutingTargetBody)
  @ApiProperty({ type: RoutingTargetBody })
  readonly to!: RoutingTargetBody;
}

/** What is not named stays as it is. */
export class ChangeRoutingRuleBody extends RoutingRuleBody {
  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => RoutingTargetBody)
  @ApiPropertyOptional({ type: RoutingTargetBody })
  readonly to?: RoutingTargetBody;
}

export class RoutingOrderBody {
  @IdList(500) readonly ruleIds!: readonly string[];
}
