using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Market.Universe;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What has to be true once everything has come to rest: what the engine believes is what the venue has.</summary>
internal sealed class RestLaws(TortureState state, Network network, TruthVenue venue, EngineSeat seat, Judge judge, int owners)
{
    private readonly List<VenueOrder> _orders = [];
    private readonly List<VenuePosition> _positions = [];

    /// <summary>Nothing is on its way, no question is open.</summary>
    public bool IsQuiet => Unrest().Length == 0;

    /// <summary>What is not at rest; empty when everything is.</summary>
    public string Unrest()
    {
        if (!network.IsConnected) return "the connection is down";
        if (network.ToVenue.Count + venue.WaitingCommands > 0) return "commands are on their way";
        if (network.ToEngine.Count > 0) return "reports are on their way";
        if (judge.IsReconciling) return "a reconciliation is not done";
        foreach (OrderShadow order in judge.Orders.Live)
            if (order.IsOpenQuestion) return $"order {order.Id} is {order.Status}";
        return LiquidationLaw.Unrest(seat.Engine.Summarize().Liquidations);
    }

    public void Judge()
    {
        JudgeStrategies();
        judge.JudgeMoney(seat.Engine);
        JudgeLiquidations();
        Look();
        JudgeScopes();
        JudgePositions();
        JudgeOrders();
    }

    /// <summary>After a kill switch of this scope: nothing that it concerns lives there or waits here, of all of ours and, where it is everybody's, of others.</summary>
    public void JudgeKilled(KilledScope scope)
    {
        JudgeLiquidations();
        Look();
        JudgeScopes();
        foreach (VenueOrder order in _orders)
        {
            bool isConcerned = scope.Strategy == OperatorCommand.AllStrategies && scope.Covers(0, order.Header.Instrument);
            if (isConcerned) state.Break(TortureLaws.Killed, $"Order {order.ClientOrderId} (there {order.VenueOrderId}) lives at the venue with {order.Leaves} to fill, after the kill switch of {scope}.");
        }
        for (ushort owner = 0; owner < owners; owner++)
            for (int index = 0; index < seat.Engine.Market.Instruments.Count; index++)
                if (scope.Covers(owner, new InstrumentId(index))) JudgeNoneHere(owner, new InstrumentId(index));
        JudgePositions();
        JudgeOrders();
    }

    private void JudgeLiquidations() => judge.Liquidations.JudgeRest(seat.Engine.Summarize().Liquidations, seat.Engine.Market.Instruments.Count, owners);

    private void JudgeNoneHere(ushort owner, InstrumentId instrument)
    {
        foreach (WorkingOrder order in seat.Engine.Orders.Working(owner, instrument))
            state.Break(TortureLaws.Killed, $"Order {order.Id} is {order.Status} to the engine, after the kill switch.");
    }

    /// <summary>Of kill switches that are on.</summary>
    private void JudgeScopes()
    {
        foreach (VenueOrder order in _orders)
            if (!order.ClientOrderId.IsNone && judge.Kills.IsOnFor(order.ClientOrderId.Strategy, order.Header.Instrument))
                state.Break(TortureLaws.Killed, $"Order {order.ClientOrderId} (there {order.VenueOrderId}) lives at the venue with {order.Leaves} to fill, and a kill switch stops it.");
    }

    private void Look()
    {
        _orders.Clear();
        _positions.Clear();
        venue.Describe(_orders, _positions, state.Now);
    }

    private void JudgeStrategies()
    {
        foreach (StrategySummary strategy in seat.Engine.Summarize().Strategies)
            if (strategy.Failure is { } failure) state.Break(TortureLaws.NeverThrows, $"Strategy '{strategy.Name}' was halted: {failure}");
    }

    private void JudgePositions()
    {
        Instruments instruments = seat.Engine.Market.Instruments;
        for (int index = 0; index < instruments.Count; index++)
        {
            InstrumentId instrument = new(index);
            long ours = 0, theirs = 0, made = venue.Mirror.Ledger.Position(index);
            for (int owner = -1; owner < owners; owner++) ours += seat.Engine.Account.Owner(owner).Quantity(instrument).Nanos;
            foreach (VenuePosition position in _positions)
                if (position.Header.Instrument == instrument) theirs += position.Quantity.Nanos;
            if (ours != theirs || theirs != made)
                state.Break(TortureLaws.Positions, $"In instrument {index} we believe to hold {ours}; the venue says {theirs}, its executions make {made}.");
        }
    }

    private void JudgeOrders()
    {
        HashSet<ClientOrderId> known = [];
        for (ushort owner = 0; owner < owners; owner++)
        {
            for (int index = 0; index < seat.Engine.Market.Instruments.Count; index++)
            {
                foreach (WorkingOrder order in seat.Engine.Orders.Working(owner, new InstrumentId(index)))
                {
                    if (order.Status is OrderStatus.Held or OrderStatus.Created) continue;
                    known.Add(order.Id);
                    JudgeOrder(order);
                }
            }
        }
        foreach (VenueOrder order in _orders)
            if (!order.ClientOrderId.IsNone && !known.Contains(order.ClientOrderId))
                state.Break(TortureLaws.Orders, $"Order {order.ClientOrderId} lives at the venue with {order.Leaves} to fill; the engine does not have it.");
        JudgeExternalOrders();
    }

    /// <summary>Orders that were placed by other means are known too.</summary>
    private void JudgeExternalOrders()
    {
        SortedDictionary<ulong, Quantity> theirs = [];
        foreach (VenueOrder order in _orders)
            if (order.ClientOrderId.IsNone) theirs.Add(order.VenueOrderId, order.Leaves);
        foreach (ExternalOrder order in seat.Engine.ExternalOrders.Live)
        {
            if (!theirs.Remove(order.VenueOrderId, out Quantity leaves) || leaves != order.Leaves)
                state.Break(TortureLaws.Orders, $"Somebody else's order {order.VenueOrderId} has {order.Leaves} to fill to the engine; {leaves} to the venue.");
        }
        foreach ((ulong id, Quantity leaves) in theirs) state.Break(TortureLaws.Orders, $"Somebody else's order {id} lives at the venue with {leaves} to fill; the engine does not have it.");
    }

    private void JudgeOrder(in WorkingOrder order)
    {
        ClientOrderId id = order.Id;
        int at = _orders.FindIndex(other => other.ClientOrderId == id);
        if (at < 0)
        {
            state.Break(TortureLaws.Orders, $"Order {id} is {order.Status} to the engine; the venue does not have it.");
            return;
        }
        VenueOrder theirs = _orders[at];
        bool isMisnamed = state.Counts.Faults(FaultKind.FillMisnamed) > 0;      // then an order has more executions to us than to the venue, and so has its whole quantity
        bool isSame = theirs.Price == order.Price && (isMisnamed || theirs.Quantity == order.Quantity) && theirs.Leaves == order.Leaves && theirs.Side == order.Side && theirs.Header.Instrument == order.Instrument;
        if (!isSame)
            state.Break(TortureLaws.Orders,
                $"Order {id} is {order.Side} {order.Leaves} of {order.Quantity} at {order.Price} to the engine; to the venue {theirs.Side} {theirs.Leaves} of {theirs.Quantity} at {theirs.Price}.");
    }
}
