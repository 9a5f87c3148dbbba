using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk.Limits;

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
        foreach (ActiveKill kill in gate.KillSwitch.Active)
            _found.Add(new StandingRefusal(ReasonCode.KillSwitch, kill.Strategy == KillSwitch.All ? null : kill.Strategy, kill.Instrument, Side.None, 0, 1));
        FindModes();
        foreach (InstrumentId instrument in instruments) FindPositions(instrument);
        if (gate.Money is { } money) FindMoney(money);
        if (gate.OrderRateMax is { } rate && gate.OrdersInWindow(clock) is int count && count >= rate.Count) Add(ReasonCode.OrderRateLimit, null, rate.Count, count);
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
        gate.Refresh(instrument);
        for (Side side = Side.Buy; side <= Side.Sell; side++)
        {
            for (int owner = WorstPositions.WholeAccount; owner < account.StrategyCount; owner++)
            {
                if (gate.PositionMax(owner, instrument) is not { } max) continue;
                Int128 worst = gate.Worst(owner, instrument, side);
                if (worst >= max) _found.Add(new StandingRefusal(ReasonCode.PositionLimit, owner < 0 ? null : owner, instrument, side, max, worst));
            }
        }
    }

    private void FindMoney(MoneyLimits money)
    {
        for (int owner = WorstPositions.WholeAccount; owner < account.StrategyCount; owner++)
        {
            int? told = owner == WorstPositions.WholeAccount ? null : owner;
            if (money.LossMax(owner) is { } lossMax && money.DeepestLoss(owner) >= lossMax) Add(ReasonCode.DailyLossLimit, told, lossMax, money.DeepestLoss(owner));
            if (money.NotionalMax(owner) is { } notionalMax && money.WorstNotional(owner) is var worst && worst >= notionalMax) Add(ReasonCode.NotionalLimit, told, notionalMax, worst);
        }
    }

    private void Add(ReasonCode reason, int? owner, Int128 limit, Int128 found) => _found.Add(new StandingRefusal(reason, owner, InstrumentId.None, Side.None, limit, found));
}
