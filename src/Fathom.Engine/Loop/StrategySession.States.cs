using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>What risk does to a strategy's wants and orders by itself.</summary>
internal sealed partial class StrategySession
{
    /// <summary>What limits or states leave of what is wanted may have changed.</summary>
    /// <param name="instrument">None: in all.</param>
    public void NoteRisk(InstrumentId instrument)
    {
        _ladders.NoteRisk(instrument);
        _targets.NoteRisk(instrument);
    }

    /// <summary>Ends live orders by which the strategy's own position would become larger: of each side what is more than the position, the newest first.</summary>
    /// <param name="instrument">None: in all.</param>
    public void CancelEnlarging(InstrumentId instrument)
    {
        int first = instrument.IsNone ? 0 : instrument.Index, end = instrument.IsNone ? _services.Blotter.InstrumentCount : Math.Min(instrument.Index + 1, _services.Blotter.InstrumentCount);
        for (int index = first; index < end; index++)
        {
            CancelEnlarging(new InstrumentId(index), Side.Buy);
            CancelEnlarging(new InstrumentId(index), Side.Sell);
        }
    }

    private void CancelEnlarging(InstrumentId instrument, Side side)
    {
        Int128 room = -(Int128)side.Sign() * _context.Position(instrument).Nanos;
        Order? next;
        for (Order? order = _services.Blotter.First(instrument); order is not null; order = next)
        {
            next = order.Next;
            bool isConcerned = order.Strategy == _number && order.Side == side && !order.IsHere && !order.IsReduceOnly && !order.Status.IsTerminal();
            if (!isConcerned) continue;
            room -= order.WorstLeaves.Nanos;
            if (room >= 0 || order.IsCancelSent) continue;
            room += order.WorstLeaves.Nanos;
            order.IsEndWanted = true;
            order.Inactive = Quantity.Zero;      // filled on its way to the end, it does not go on with what its parent set free
            _sender.Cancel(order, ReasonCode.StateReducesOnly);
        }
    }
}
