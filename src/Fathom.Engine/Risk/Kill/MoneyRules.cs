using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Kill;

/// <summary>The kill rules that go by money: the fall from the peak and the day's loss. Where an operator turned the switch off again they count from there, or they would be met at once: the fall from the highest equity
/// since, the loss on top of what was lost by then, for the rest of that UTC day. A session roll carries both.</summary>
internal sealed class MoneyRules(List<KillRule> rules, RiskMeasures measures, Account account)
{
    private readonly Base[] _bases = new Base[measures.StrategyCount + 1];      // the account's, then the strategies'
    private long _version = -1;

    /// <summary>Looks at what may have changed since the last time.</summary>
    /// <param name="trips">Takes the rule, the owner (−1: the account) and what was found.</param>
    public void Judge(Action<KillRule, int, long> trips)
    {
        if (measures.Version == _version) return;
        _version = measures.Version;
        foreach (KillRule rule in rules)
        {
            int first = rule.Scope == KillScope.Account ? RiskMeasures.WholeAccount : 0, last = rule.Scope == KillScope.Account ? first : measures.StrategyCount - 1;
            for (int owner = first; owner <= last; owner++)
            {
                Int128 found = rule.Cause == KillCause.Drawdown ? Drawdown(owner, rule.Limit) : Loss(owner);
                if (found >= rule.Limit) trips(rule, owner, (long)Int128.Min(found, long.MaxValue));
            }
        }
    }

    /// <summary>From here on the owner is counted anew.</summary>
    public void Forget(int owner)
    {
        ref Base from = ref _bases[owner + 1];
        if (IsJudged(KillCause.Drawdown, owner)) (from.HasPeak, from.Peak) = (true, measures.EquityNanos(owner));
        if (IsJudged(KillCause.DailyLoss, owner)) (from.HasLoss, from.Day, from.Loss) = (true, account.DayEnd, measures.DailyLossNanos(owner));
        _version = -1;
    }

    /// <summary>One message for each owner that is counted anew.</summary>
    public void Carry(IMessageSink sink)
    {
        for (int owner = RiskMeasures.WholeAccount; owner < measures.StrategyCount; owner++)
        {
            Base from = _bases[owner + 1];
            bool hasLoss = IsOfToday(in from);
            if (!from.HasPeak && !hasLoss) continue;
            CarriedKillBase carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedKillBase>(MessageType.CarriedKillBase),
                Strategy = owner < 0 ? CarriedKillBase.WholeAccount : (ushort)owner,
                HasPeak = from.HasPeak ? (byte)1 : (byte)0,
                HasLoss = hasLoss ? (byte)1 : (byte)0,
                PeakNanos = from.Peak,
                LossNanos = hasLoss ? from.Loss : 0,
            };
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    /// <summary>The account's day is known already: where another begins before the run does, its loss counts from its morning.</summary>
    public void Restore(in CarriedKillBase carried)
    {
        int owner = carried.Strategy == CarriedKillBase.WholeAccount ? RiskMeasures.WholeAccount : carried.Strategy;
        ref Base from = ref _bases[owner + 1];
        if (carried.HasPeak != 0 && IsJudged(KillCause.Drawdown, owner)) (from.HasPeak, from.Peak) = (true, carried.PeakNanos);
        if (carried.HasLoss != 0 && IsJudged(KillCause.DailyLoss, owner)) (from.HasLoss, from.Day, from.Loss) = (true, account.DayEnd, carried.LossNanos);
    }

    /// <summary>Equity is so far below the peak: (peak − equity) ÷ peak is not less than the limit. Without a peak above zero it never is.</summary>
    /// <param name="limit">In 1e-9, above zero.</param>
    /// <remarks>Money fits a decimal, below 2^96; the fall is below twice that, and times 1e9 below 2^127.</remarks>
    internal static bool IsFallen(Int128 peak, Int128 equity, long limit) => peak > 0 && (peak - equity) * Price.Scale >= peak * limit;

    /// <summary>In 1e-9 of the peak, rounded down; 0 while it is less than the limit: dividing 128 bits at every move of a mark would be the dearest part of the rule.</summary>
    private Int128 Drawdown(int owner, long limit)
    {
        Int128 equity = measures.EquityNanos(owner);
        ref Base from = ref _bases[owner + 1];
        if (from.HasPeak && equity > from.Peak) from.Peak = equity;
        Int128 peak = from.HasPeak ? from.Peak : measures.PeakNanos(owner);
        return IsFallen(peak, equity, limit) ? (peak - equity) * Price.Scale / peak : 0;
    }

    private Int128 Loss(int owner)
    {
        Int128 loss = measures.DailyLossNanos(owner);
        ref readonly Base from = ref _bases[owner + 1];
        return IsOfToday(in from) ? loss - from.Loss : loss;
    }

    private bool IsOfToday(in Base from) => from.HasLoss && from.Day == account.DayEnd;

    /// <summary>A rule looks at what the owner has of it.</summary>
    private bool IsJudged(KillCause cause, int owner)
    {
        foreach (KillRule rule in rules)
            if (rule.Cause == cause && (rule.Scope == KillScope.Account) == (owner == RiskMeasures.WholeAccount)) return true;
        return false;
    }

    /// <summary>From where an owner is counted.</summary>
    private struct Base
    {
        /// <summary>The highest equity since; only where <see cref="HasPeak"/>.</summary>
        public Int128 Peak;
        /// <summary>What the day had lost by then.</summary>
        public Int128 Loss;
        /// <summary>The end of the UTC day of that loss: another day has nothing to do with it.</summary>
        public Timestamp Day;
        public bool HasPeak, HasLoss;
    }
}
