using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What leaves keeps the limits that look at many instruments: positions of products, gross and net notional, leverage, concentration and open orders of each part of the account, however everything that lives
/// ends. What an order would only reduce is let through.</summary>
internal sealed class ExposureLaw(TortureState state, StatedLimits limits, OrderShadows orders, ExecutionLedger ledger, MarkWitness marks, EquityWitness equity)
{
    /// <summary>Rounding of many small parts.</summary>
    private const decimal Tolerance = 0.000_001m;

    private readonly SortedDictionary<int, Worst> _worst = [];

    /// <summary>What an owner has in an instrument and may still get there, units of 1e-9.</summary>
    private readonly record struct Worst(Int128 Held, Int128 Buys, Int128 Sells)
    {
        public Int128 Gross => Int128.Abs(Held) + Buys + Sells;

        /// <summary>In the direction of a side.</summary>
        public Int128 Net(Side side) => side == Side.Buy ? Held + Buys : Sells - Held;
    }

    /// <param name="order">Not reduce-only.</param>
    public void Judge(in OrderCommand command, OrderShadow order)
    {
        string symbol = marks.SymbolOf(order.Instrument.Index);
        foreach (LimitScope scope in limits.Scopes)
        {
            if (!scope.HasExposure || !scope.Concerns(order.Strategy, symbol) || IsSmaller(in command, order)) continue;
            Gather(scope.Owner, command.Approval);
            if (OnlyReduces(order)) continue;
            if (scope.HasPosition) JudgePosition(scope, order);
            JudgeMoney(scope, order);
        }
        if (command.Kind == CommandKind.Submit) JudgeOpenOrders(order, symbol);
    }

    private void JudgePosition(LimitScope scope, OrderShadow order)
    {
        Int128 net = 0;
        foreach ((int instrument, Worst worst) in _worst)
            if (scope.Contains(marks.SymbolOf(instrument))) net += worst.Net(order.Side);
        if (net > scope.Limits.PositionMax.Nanos) state.Break(TortureLaws.Limits, $"Order {order.Id} ({order.Side}) left, and with it {scope.Name} may come to {(decimal)net / Quantity.Scale} held; {scope.Limits.PositionMax} is the most.");
    }

    private void JudgeMoney(LimitScope scope, OrderShadow order)
    {
        decimal gross = 0, net = 0, held = 0, all = 0, allHeld = 0;
        foreach ((int instrument, Worst worst) in _worst)
        {
            if (worst == default) continue;
            if (!marks.TryFind(instrument, out MarkWitness.Mark mark) || mark.Rate is null) return;
            all += mark.Worth(worst.Gross);
            allHeld += mark.Worth(Int128.Abs(worst.Held));
            if (!scope.Contains(mark.Symbol)) continue;
            gross += mark.Worth(worst.Gross);
            net += mark.Worth(worst.Net(order.Side));
            held += mark.Worth(Int128.Abs(worst.Held));
        }
        Hold(scope, order, "gross notional", gross, scope.Limits.GrossNotionalMax);
        Hold(scope, order, "net notional", net, scope.Limits.NetNotionalMax);
        if (scope.Limits.LeverageMax is { } leverage && equity.Of(null) is { } have) Hold(scope, order, "gross notional", gross, leverage * Math.Max(have, 0));
        bool isReplaced = scope.Owner is null && scope.Symbols is null && limits.HasOwnShare(marks.SymbolOf(order.Instrument.Index));
        if (scope.Limits.ConcentrationMax is not { } stated || isReplaced || all <= stated.From + Tolerance) return;
        if (scope.Symbols is null)
        {
            marks.TryFind(order.Instrument.Index, out MarkWitness.Mark own);
            Worst worst = _worst.GetValueOrDefault(order.Instrument.Index);
            (gross, held) = (own.Worth(worst.Gross), own.Worth(Int128.Abs(worst.Held)));
        }
        Hold(scope, order, "one part", gross, stated.Share * (gross + allHeld - held));
    }

    private void Hold(LimitScope scope, OrderShadow order, string what, decimal found, decimal? most)
    {
        if (most is null || found <= most.Value + Tolerance) return;
        state.Break(TortureLaws.Limits, $"Order {order.Id} ({order.Side}) left, and with it {scope.Name} may come to {found:0.######} of {what}; {most.Value:0.######} is the most.");
    }

    private void JudgeOpenOrders(OrderShadow order, string symbol)
    {
        foreach (LimitScope scope in limits.Scopes)
        {
            if (scope.OpenOrdersMax is not { } most || !scope.Concerns(order.Strategy, symbol)) continue;
            int count = 0;
            foreach (OrderShadow live in orders.Live)
                if (live.IsLive && live.Approval <= order.Approval && scope.Concerns(live.Strategy, marks.SymbolOf(live.Instrument.Index))) count++;
            Gather(order.Strategy, order.Approval);
            if (count > most && !OnlyReduces(order)) state.Break(TortureLaws.Limits, $"Order {order.Id} left, and with it {scope.Name} has {count} orders that live; {most} are allowed.");
        }
    }

    /// <summary>With everything filled that is live on its side, the position on which it works gets smaller, or flat.</summary>
    private bool OnlyReduces(OrderShadow order)
    {
        Worst worst = _worst.GetValueOrDefault(order.Instrument.Index);
        return worst.Net(order.Side) <= 0;
    }

    /// <summary>A replacement that asks for no more than there was.</summary>
    private static bool IsSmaller(in OrderCommand command, OrderShadow order) => command.Kind == CommandKind.Replace && command.Quantity <= order.Quantity;

    private void Gather(int? owner, long approval)
    {
        _worst.Clear();
        foreach (((int whose, int instrument), ExecutionLedger.Entry entry) in ledger.Entries)
        {
            if (owner is not null && owner != whose) continue;
            Worst worst = _worst.GetValueOrDefault(instrument);
            _worst[instrument] = worst with { Held = worst.Held + entry.Quantity };
        }
        foreach (OrderShadow live in orders.Live)
        {
            if (!live.IsLive || live.IsReduceOnly || (owner is not null && owner != live.Strategy)) continue;
            Int128 leaves = live.LeavesAt(approval).Nanos;
            Worst worst = _worst.GetValueOrDefault(live.Instrument.Index);
            _worst[live.Instrument.Index] = live.Side == Side.Buy ? worst with { Buys = worst.Buys + leaves } : worst with { Sells = worst.Sells + leaves };
        }
    }
}
