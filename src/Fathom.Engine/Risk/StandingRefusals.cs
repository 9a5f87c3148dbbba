using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk;

/// <summary>Finds the limits that have been reached, for readers. The gate asks of one command whether it is too much; here it is asked of what there is already.</summary>
internal sealed class StandingRefusals(RiskGate gate, Account account)
{
    private readonly List<StandingRefusal> _found = [];

    /// <summary>In the gate's order, the whole account before its owners.</summary>
    /// <param name="instruments">In which positions may be held or orders live.</param>
    public ReadOnlySpan<StandingRefusal> Find(Timestamp clock, ReadOnlySpan<InstrumentId> instruments)
    {
        _found.Clear();
        if (gate.KillSwitch.IsOn) Add(ReasonCode.KillSwitch, null, 0, 1);
        FindModes();
        if (!gate.Limits.PositionMax.IsNone)
            foreach (InstrumentId instrument in instruments) FindPositions(instrument);
        if (gate.Money is { } money) FindMoney(money);
        if (gate.Limits.OrderRateMax is { } rate && gate.OrdersInWindow(clock) is int count && count >= rate.Count) Add(ReasonCode.OrderRateLimit, null, rate.Count, count);
        return CollectionsMarshal.AsSpan(_found);
    }

    private void FindModes()
    {
        if (!gate.Modes.IsReconciled) Add(ReasonCode.OnlyReducing, null, 0, 0);
        for (int strategy = 0; strategy < account.StrategyCount; strategy++)
            if (gate.Modes.AnomalyOf(strategy) != AnomalyKind.None) Add(ReasonCode.OnlyReducing, strategy, 0, 0);
    }

    private void FindPositions(InstrumentId instrument)
    {
        Int128 max = gate.Limits.PositionMax.Nanos;
        for (Side side = Side.Buy; side <= Side.Sell; side++)
        {
            Int128 ofAccount = gate.WorstOfAccount(instrument, side);
            if (ofAccount >= max) _found.Add(new StandingRefusal(ReasonCode.PositionLimit, null, instrument, side, max, ofAccount));
            for (int strategy = 0; strategy < account.StrategyCount; strategy++)
            {
                Int128 worst = gate.WorstOfStrategy(strategy, instrument, side);
                if (worst >= max) _found.Add(new StandingRefusal(ReasonCode.PositionLimit, strategy, instrument, side, max, worst));
            }
        }
    }

    private void FindMoney(MoneyLimits money)
    {
        for (int owner = MoneyLimits.WholeAccount; owner < account.StrategyCount; owner++)
        {
            int? told = owner == MoneyLimits.WholeAccount ? null : owner;
            if (money.LossMax is { } lossMax && money.DeepestLoss(owner) >= lossMax) Add(ReasonCode.DailyLossLimit, told, lossMax, money.DeepestLoss(owner));
            if (money.NotionalMax is { } notionalMax && money.WorstNotional(owner) is var worst && worst >= notionalMax) Add(ReasonCode.NotionalLimit, told, notionalMax, worst);
        }
    }

    private void Add(ReasonCode reason, int? owner, Int128 limit, Int128 found) => _found.Add(new StandingRefusal(reason, owner, InstrumentId.None, Side.None, limit, found));
}
