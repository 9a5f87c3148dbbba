using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Simulation.Faults;

/// <summary>Draws limits of every kind, so tight that random traders meet them. Each kind is there under some seeds and not under others, or the tightest would hide the rest.</summary>
internal struct RiskDice(ulong seed)
{
    private SplitMix64 _random = new(seed ^ 0x5151_2C8E_0D4B_71A3);      // neither the dice of the market nor of the schedule

    public RiskLimits Limits() => new()
    {
        PositionMax = Quantity.Units(6 + Below(10)),
        QuantityMax = Quantity.Units(3 + Below(5)),
        QuantityMin = OneIn(8) ? Quantity.Units(2) : Quantity.None,
        OrderNotionalMax = OneIn(8) ? 100_000 * (2 + Below(8)) : null,
        PriceCollarBps = OneIn(4) ? 1 + Below(20) : null,
        DuplicateWindow = OneIn(8) ? Window() : Duration.Zero,
        TradingTimes = OneIn(2) ? TradingTimes.State : TradingTimes.Any,
        SelfMatch = OneIn(2) ? SelfMatch.Refuse : SelfMatch.CancelResting,
        Both = Scope(oneIn: 8),
        Account = Scope(oneIn: 16),
        Strategies = OneIn(2) ? new Dictionary<string, ScopeLimits> { ["quoter"] = Scope(oneIn: 8) } : [],
        Groups = OneIn(4) ? [new GroupLimits("both", [TortureSetups.First, TortureSetups.Second], Scope(oneIn: 4, isOfOwner: false))] : [],
        Instruments = OneIn(4) ? new Dictionary<string, InstrumentLimits> { [TortureSetups.Second] = new() { Scope = Scope(oneIn: 4, isOfOwner: false) } } : [],
    };

    /// <param name="oneIn">How often each kind of limit is there.</param>
    /// <param name="isOfOwner">Of a strategy or the account, which alone have a day's loss and messages for a fill.</param>
    private ScopeLimits Scope(int oneIn, bool isOfOwner = true) => new()
    {
        GrossNotionalMax = OneIn(oneIn) ? 100_000 * (5 + Below(50)) : null,
        NetNotionalMax = OneIn(oneIn) ? 100_000 * (3 + Below(30)) : null,
        LeverageMax = OneIn(oneIn) ? 1 + Below(30) / 10m : null,
        ConcentrationMax = OneIn(oneIn * 2) ? new Concentration((3 + Below(7)) / 10m, 100_000 * (1 + Below(20))) : null,
        DailyLossMax = isOfOwner && OneIn(oneIn * 2) ? 50 << Below(6) : null,
        OpenOrdersMax = OneIn(oneIn) ? 1 + Below(8) : null,
        OrderRateMax = OneIn(oneIn) ? Rate() : null,
        ReplaceRateMax = OneIn(oneIn) ? Rate() : null,
        CancelRateMax = OneIn(oneIn) ? Rate() : null,
        MessagesPerFillMax = isOfOwner && OneIn(oneIn * 2) ? new MessageRatio(2 + Below(10), Below(30)) : null,
    };

    /// <summary>A drawdown of a few ticks.</summary>
    public StateThresholds Drawdown()
    {
        long warning = 30_000L << Below(5);
        return new StateThresholds(warning, warning * 2, warning * 4);
    }

    public OrderRate Rate() => new(2 + Below(10), Window());

    public Duration Window() => Duration.FromMilliseconds(200 << Below(6));

    public int Below(int count) => _random.NextBelow(count);

    public bool OneIn(int count) => Below(count) == 0;
}
