using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>The account's live orders that are not ours, as far as the venue has told of them, in the order in which they were adopted. What they may still fill counts against the account's limits.</summary>
public sealed class ExternalOrders
{
    private readonly List<ExternalOrder> _live = [];
    private readonly LiveExposure _exposure;

    internal ExternalOrders(LiveExposure exposure) => _exposure = exposure;

    public IReadOnlyList<ExternalOrder> Live => _live;

    internal ExternalOrder? Find(ushort source, ulong venueOrderId)
    {
        foreach (ExternalOrder order in _live)
            if (order.VenueOrderId == venueOrderId && order.Source == source) return order;
        return null;
    }

    internal void Carry(IMessageSink sink)
    {
        foreach (ExternalOrder order in _live)
        {
            CarriedExternalOrder carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedExternalOrder>(MessageType.CarriedExternalOrder, order.Instrument),
                VenueOrderId = order.VenueOrderId,
                ClientOrderId = order.ClientOrderId,
                Price = order.Price,
                Leaves = order.Leaves,
                LastSequence = order.LastSequence,
                CancelDue = order.CancelDue,
                Side = order.Side,
                IsEndWanted = order.IsEndWanted ? (byte)1 : (byte)0,
            };
            carried.Header.Source = order.Source;
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    /// <summary>Goes on with an order of an earlier session.</summary>
    internal void Restore(in CarriedExternalOrder carried)
    {
        ExternalOrder order = new()
        {
            Source = carried.Header.Source,
            VenueOrderId = carried.VenueOrderId,
            ClientOrderId = carried.ClientOrderId,
            Instrument = carried.Header.Instrument,
            Side = carried.Side,
            Price = carried.Price,
            LastSequence = carried.LastSequence,
            CancelDue = carried.CancelDue,
            IsEndWanted = carried.IsEndWanted != 0,
        };
        _live.Add(order);
        Resize(order, carried.Leaves);
    }

    internal ExternalOrder Adopt(in VenueOrder found)
    {
        ExternalOrder order = new()
        {
            Source = found.Header.Source,
            VenueOrderId = found.VenueOrderId,
            ClientOrderId = found.ClientOrderId,
            Instrument = found.Header.Instrument,
            Side = found.Side,
            Price = found.Price,
            LastSequence = found.Sequence,
        };
        _live.Add(order);
        Resize(order, found.Leaves);
        return order;
    }

    /// <summary>Takes a report about an order that is not ours; false where it was not adopted.</summary>
    internal bool TryApply(in OrderReport report)
    {
        if (report.VenueOrderId == 0 || Find(report.Header.Source, report.VenueOrderId) is not { } order) return false;
        if (report.Sequence != 0 && report.Sequence <= order.LastSequence) return true;
        order.LastSequence = report.Sequence;
        bool isGone = report.Kind == ReportKind.CancelRejected && report.Reason is ReasonCode.TooLate or ReasonCode.UnknownOrder;
        bool isEnd = isGone || report.Kind is ReportKind.Canceled or ReportKind.Expired or ReportKind.Rejected;
        if (isEnd || (report.Kind == ReportKind.Filled && !report.Leaves.IsPositive)) Forget(order);
        else if (report.Kind is ReportKind.Filled or ReportKind.Accepted or ReportKind.Replaced or ReportKind.Triggered) Resize(order, report.Leaves);
        return true;
    }

    internal void Update(ExternalOrder order, in VenueOrder found)
    {
        if (found.Sequence < order.LastSequence) return;
        order.LastSequence = found.Sequence;
        order.Price = found.Price;
        Resize(order, found.Leaves);
    }

    internal void Forget(ExternalOrder order)
    {
        Resize(order, Quantity.Zero);
        _live.Remove(order);
    }

    private void Resize(ExternalOrder order, Quantity leaves)
    {
        _exposure.ReserveExternal(order.Instrument, order.Side, leaves.Nanos - order.Leaves.Nanos);
        order.Leaves = leaves;
    }
}
