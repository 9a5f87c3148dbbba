using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>Once a day's loss was as large as it may be, nothing leaves that does not only reduce the strategy's position. Only of the first day of a run: its beginning is the run's.</summary>
internal sealed class LossLaw(TortureState state, StatedLimits limits, EquityWitness equity)
{
    private const decimal Tolerance = 0.000_001m;
    private static readonly long s_day = Duration.FromMilliseconds(86_400_000).Nanos;

    private readonly decimal[] _deepest = new decimal[limits.StrategyCount + 1];      // the account's, then the strategies'
    private readonly bool _isStated = IsStated(limits);
    private long _firstDay = long.MinValue;

    /// <summary>Money moved: an execution or a mark.</summary>
    public void NoteValued()
    {
        if (!_isStated) return;
        for (int i = 0; i < _deepest.Length; i++)
            if (equity.Of(OwnerOf(i)) is { } have) _deepest[i] = Math.Max(_deepest[i], equity.Start - have);
    }

    /// <param name="order">It does more than to reduce the strategy's position.</param>
    public void Judge(OrderShadow order, Timestamp now)
    {
        if (!_isStated) return;
        long day = now.Nanos / s_day;
        if (_firstDay == long.MinValue) _firstDay = day;
        if (day != _firstDay) return;
        foreach (int i in (int[])[0, order.Strategy + 1])
        {
            if (limits.DailyLossMax(OwnerOf(i)) is not { } most || _deepest[i] < most + Tolerance) continue;
            state.Break(TortureLaws.Limits, $"Order {order.Id} ({order.Side}) left after {(i == 0 ? "the account" : $"strategy {i - 1}")} had lost {_deepest[i]:0.######}; at {most:0.######} it ends.");
        }
    }

    private static int? OwnerOf(int place) => place == 0 ? null : place - 1;

    private static bool IsStated(StatedLimits limits)
    {
        for (int i = 0; i <= limits.StrategyCount; i++)
            if (limits.DailyLossMax(OwnerOf(i)) is not null) return true;
        return false;
    }
}
