using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Execution.Liquidation;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.Margin;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk.Kill;

namespace Fathom.Simulation.Faults;

/// <summary>Draws all that risk does: limits, states, limits that adapt, margin, kill rules, liquidation and exits.</summary>
public static class TortureRisk
{
    /// <summary>The same options, held to what a seed draws.</summary>
    public static EngineOptions Draw(EngineOptions options, ulong seed)
    {
        RiskDice dice = new(seed);
        List<NamedStrategy> strategies = [];
        foreach (NamedStrategy strategy in options.Strategies) strategies.Add(strategy with { Exits = dice.OneIn(4) ? Exits(ref dice) : null });
        return options with
        {
            Strategies = strategies,
            Limits = dice.Limits(),
            States = dice.OneIn(2) ? States(ref dice) : null,
            Adaptive = dice.OneIn(4) ? Adaptive(ref dice) : null,
            CutsToLimits = dice.OneIn(2),
            Margin = dice.OneIn(4) ? Margin(ref dice) : null,
            KillRules = KillRules(ref dice),
            Liquidation = Liquidation(ref dice),
        };
    }

    private static StateOptions States(ref RiskDice dice) => new()
    {
        Position = dice.OneIn(2) ? new StateThresholds(400_000_000, 700_000_000, 950_000_000) : null,
        Drawdown = dice.OneIn(2) ? dice.Drawdown() : null,
        DayDrawdown = dice.OneIn(4) ? dice.Drawdown() : null,
        Volatility = dice.OneIn(4) ? new StateThresholds(1_200_000_000, 1_600_000_000, 2_500_000_000) : null,
        Hold = Duration.FromMilliseconds(500 << dice.Below(7)),
        Release = dice.Below(4) / 10m,
        WarningSize = (1 + dice.Below(4)) / 4m,
        WarningWiden = dice.Below(4),
        OverLimit = dice.OneIn(2) ? OverLimitAction.Liquidate : OverLimitAction.Reduce,
    };

    private static AdaptiveOptions Adaptive(ref RiskDice dice) => new()
    {
        Floor = (1 + dice.Below(4)) / 5m,
        VolatilityFrom = dice.OneIn(2) ? 1.2m : null,
        LossFull = 0.000_1m * (1 + dice.Below(20)),
        CountsFromPeak = dice.OneIn(2),
        Recovery = Duration.FromMilliseconds(1_000 << dice.Below(6)),
    };

    private static MarginOptions Margin(ref RiskDice dice) => new()
    {
        Mode = dice.OneIn(2) ? MarginMode.Isolated : MarginMode.Cross,
        SafetyBuffer = dice.Below(3) / 10m,
        Usual = new MarginTerms { Leverage = 1 + dice.Below(5), Tiers = [new MarginTier(0, 500)] },
    };

    private static List<KillRule> KillRules(ref RiskDice dice)
    {
        List<KillRule> rules = [];
        for (KillCause cause = KillCause.Drawdown; cause <= KillCause.MessageRate; cause++)
        {
            if (!dice.OneIn(10)) continue;
            IReadOnlyList<KillScope> scopes = KillRule.ScopesOf(cause);
            KillScope scope = scopes[dice.Below(scopes.Count)];
            bool flattens = dice.OneIn(2);
            rules.Add(cause switch
            {
                KillCause.Drawdown => new KillRule(cause, scope, dice.Drawdown().OverLimit, Flattens: flattens),
                KillCause.DailyLoss => new KillRule(cause, scope, (200L << dice.Below(5)) * Price.Scale, Flattens: flattens),
                KillCause.UnknownOrders => new KillRule(cause, scope, 1 + dice.Below(4), Flattens: flattens),
                KillCause.StaleData => new KillRule(cause, scope, Duration.FromMilliseconds(2_000 << dice.Below(6)).Nanos, Flattens: flattens),
                KillCause.StrategyException => new KillRule(cause, scope, 0, Flattens: flattens),
                KillCause.MessageRate => new KillRule(cause, scope, 10 + dice.Below(30), Duration.FromMilliseconds(1_000), flattens),
                _ => new KillRule(cause, scope, 1 + dice.Below(10), Duration.FromMilliseconds(5_000 << dice.Below(4)), flattens),
            });
        }
        return rules;
    }

    private static LiquidationOptions Liquidation(ref RiskDice dice)
    {
        int floor = dice.Below(20), interval = 100 << dice.Below(5);
        return new LiquidationOptions
        {
            Slice = (1 + dice.Below(4)) / 4.0,
            Share = (1 + dice.Below(4)) / 4.0,
            Interval = Duration.FromMilliseconds(interval),
            FloorBps = floor,
            FloorMaxBps = floor + dice.Below(100),
            WidenBps = 1 + dice.Below(20),
            Patience = Duration.FromMilliseconds(interval * (1 + dice.Below(10))),
            RejectsMax = 1 + dice.Below(6),
        };
    }

    private static ExitOptions Exits(ref RiskDice dice) => new()
    {
        StopLoss = dice.OneIn(2) ? PriceDistance.OfTicks(1 + dice.Below(8)) : default,
        TakeProfit = dice.OneIn(2) ? PriceDistance.OfTicks(1 + dice.Below(8)) : default,
        Trailing = dice.OneIn(3) ? PriceDistance.OfTicks(1 + dice.Below(8)) : default,
        TimeStop = dice.OneIn(2) ? Duration.FromMilliseconds(1_000 << dice.Below(6)) : Duration.Zero,
        TriggerSource = dice.OneIn(2) ? TriggerSource.BidAsk : TriggerSource.Last,
    };
}
