using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>What a session roll carries of it.</summary>
public sealed partial class Order
{
    /// <summary>All but what others keep about it: places in line and in its list, what a watched stop has seen.</summary>
    internal CarriedOrder Carry() => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedOrder>(MessageType.CarriedOrder, Instrument),
        ClientOrderId = Id,
        Parent = Parent,
        ListId = ListId,
        Price = Price,
        TriggerPrice = TriggerPrice,
        TriggerStated = TriggerStated,
        TrailOffset = TrailOffset,
        Quantity = Quantity,
        Cumulative = Cumulative,
        NewPrice = IsReplacementSent ? _newPrice : Price.None,
        NewTrigger = IsReplacementSent ? _newTrigger : Price.None,
        NewOffset = IsReplacementSent ? _newOffset : Price.None,
        NewQuantity = IsReplacementSent ? _newQuantity : Quantity.None,
        QueueAhead = QueueAhead,
        DecisionTime = DecisionTime,
        ExpireTime = ExpireTime,
        Deadline = Deadline,
        AcceptedAt = AcceptedAt,
        Wanted = Wanted,
        WantedNext = WantedNext,
        Inactive = Inactive,
        Extreme = Extreme,
        TradedLow = Price.None,
        TradedHigh = Price.None,
        UserTag = UserTag,
        Number = Number,
        Facts = CarryFacts(),
        EndReason = EndReason,
        Doubt = Doubt.Reason,
        DoubtSince = Doubt.Since,
        DoubtDue = Doubt.Due,
        Question = Doubt.Question,
        Attempts = Doubt.Attempts,
        End = _end,
        EndCumulative = _endCumulative,
        VenueOrderId = VenueOrderId,
        LastSequence = LastSequence,
        LastFill = _lastFill,
        SubmissionApproval = Submission.IsOpen ? Submission.Approval : 0,
        SubmissionUntil = Submission.IsOpen ? Submission.ValidUntil : Timestamp.None,
        SubmissionDue = Timestamp.None,
        CancelApproval = Cancellation.IsOpen ? Cancellation.Approval : 0,
        CancelUntil = Cancellation.IsOpen ? Cancellation.ValidUntil : Timestamp.None,
        CancelDue = Timestamp.None,
        ReplaceApproval = Replacement.IsOpen ? Replacement.Approval : 0,
        ReplaceUntil = Replacement.IsOpen ? Replacement.ValidUntil : Timestamp.None,
        ReplaceDue = Timestamp.None,
        Status = Status,
        Side = Side,
        Type = Type,
        TimeInForce = TimeInForce,
        Flags = Flags,
        TriggerSource = TriggerSource,
        Contingency = Contingency,
        Origin = (byte)Origin,
    };

    internal void Restore(in CarriedOrder carried)
    {
        (Id, Parent, ListId) = (carried.ClientOrderId, carried.Parent, carried.ListId);
        (Strategy, Instrument) = (carried.ClientOrderId.Strategy, carried.Header.Instrument);
        (Side, Type, TimeInForce, Flags) = (carried.Side, carried.Type, carried.TimeInForce, carried.Flags);
        (Price, Quantity, Cumulative) = (carried.Price, carried.Quantity, carried.Cumulative);
        (TriggerPrice, TriggerStated, TrailOffset, TriggerSource) = (carried.TriggerPrice, carried.TriggerStated, carried.TrailOffset, carried.TriggerSource);
        (_newPrice, _newTrigger, _newOffset, _newQuantity) = (carried.NewPrice, carried.NewTrigger, carried.NewOffset, carried.NewQuantity);
        (QueueAhead, DecisionTime, ExpireTime, Deadline, AcceptedAt) = (carried.QueueAhead, carried.DecisionTime, carried.ExpireTime, carried.Deadline, carried.AcceptedAt);
        (Wanted, WantedNext, Inactive, Extreme) = (carried.Wanted, carried.WantedNext, carried.Inactive, carried.Extreme);
        (Contingency, UserTag, Number, Origin) = (carried.Contingency, carried.UserTag, carried.Number, (OrderOrigin)carried.Origin);
        (Status, EndReason, _end, _endCumulative) = (carried.Status, carried.EndReason, carried.End, carried.EndCumulative);
        (VenueOrderId, LastSequence, _lastFill) = (carried.VenueOrderId, carried.LastSequence, carried.LastFill);
        Doubt = new Doubt { Reason = carried.Doubt, Since = carried.DoubtSince, Due = carried.DoubtDue, Question = carried.Question, Attempts = carried.Attempts };
        Submission = Cancellation = Replacement = default;
        if ((carried.Facts & CarriedOrderFacts.SubmissionSent) != 0) Submission.Open(carried.SubmissionApproval, carried.SubmissionUntil);
        if ((carried.Facts & CarriedOrderFacts.CancelSent) != 0) Cancellation.Open(carried.CancelApproval, carried.CancelUntil);
        if ((carried.Facts & CarriedOrderFacts.ReplacementSent) != 0) Replacement.Open(carried.ReplaceApproval, carried.ReplaceUntil);
        Reserved = Quantity.Zero;
        IsCounted = false;
        Place = default;      // of another book: it is not known before the order joins a queue again
        List = null;
        RestoreFacts(carried.Facts);
    }

    private CarriedOrderFacts CarryFacts()
    {
        static CarriedOrderFacts If(bool isSo, CarriedOrderFacts fact) => isSo ? fact : CarriedOrderFacts.None;
        return If(IsAccepted, CarriedOrderFacts.Accepted) | If(IsReplacementSent, CarriedOrderFacts.ReplacementSent) | If(HasLostPlace, CarriedOrderFacts.LostPlace) |
            If(IsTriggered, CarriedOrderFacts.Triggered) | If(_isTriggeredThere, CarriedOrderFacts.TriggeredThere) | If(IsDormant, CarriedOrderFacts.Dormant) |
            If(IsReductionWatched, CarriedOrderFacts.ReductionWatched) | If(IsLeaving, CarriedOrderFacts.Leaving) | If(IsHere, CarriedOrderFacts.Here) |
            If(Submission.IsOpen, CarriedOrderFacts.SubmissionSent) | If(IsCancelSent, CarriedOrderFacts.CancelSent) | If(IsEndWanted, CarriedOrderFacts.EndWanted);
    }

    private void RestoreFacts(CarriedOrderFacts facts)
    {
        bool Has(CarriedOrderFacts fact) => (facts & fact) != 0;
        (IsAccepted, HasLostPlace, IsEndWanted) = (Has(CarriedOrderFacts.Accepted), Has(CarriedOrderFacts.LostPlace), Has(CarriedOrderFacts.EndWanted));
        (IsTriggered, _isTriggeredThere, IsDormant) = (Has(CarriedOrderFacts.Triggered), Has(CarriedOrderFacts.TriggeredThere), Has(CarriedOrderFacts.Dormant));
        (IsReductionWatched, IsLeaving, IsHere) = (Has(CarriedOrderFacts.ReductionWatched), Has(CarriedOrderFacts.Leaving), Has(CarriedOrderFacts.Here));
    }
}
