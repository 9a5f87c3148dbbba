using Fathom.Domain.Messages;
using Fathom.Engine.Orders.Lifecycle;

namespace Fathom.Twins.SlowLifecycle;

/// <summary>
/// An order's life without a table and without a stored state: what has happened is written down, and the status is what follows from it. Slow and obvious.
/// </summary>
public sealed class SlowOrderLife
{
    private OrderStatus _end;
    private bool _isHeld, _wasMetHere, _wasSent, _isInDoubt;
    private bool _hasFilled, _wasAccepted, _wasTriggeredThere, _waitsForReplace, _waitsForCancel;

    public OrderStatus Status
    {
        get
        {
            if (_end != OrderStatus.None) return _end;
            if (!_wasSent && !_isHeld) return OrderStatus.Created;
            if (!_wasSent) return _wasMetHere ? OrderStatus.Triggered : OrderStatus.Held;
            if (_isInDoubt) return OrderStatus.Unknown;
            if (_waitsForCancel) return OrderStatus.PendingCancel;
            if (_waitsForReplace) return OrderStatus.PendingReplace;
            if (_hasFilled) return OrderStatus.PartiallyFilled;
            if (_wasTriggeredThere) return OrderStatus.Triggered;
            return _wasAccepted ? OrderStatus.Open : OrderStatus.PendingNew;
        }
    }

    /// <summary>Lets it happen.</summary>
    /// <returns>None, or why it cannot; then nothing has changed.</returns>
    public IllegalReason Take(OrderInput input)
    {
        if (_end != OrderStatus.None) return TakeWhenOver(input);
        return _wasSent ? TakeWhenSent(input) : TakeHere(input);
    }

    private IllegalReason TakeWhenOver(OrderInput input)
    {
        bool isLateNo = input is OrderInput.CancelRejected or OrderInput.ReplaceRejected;
        return isLateNo && _end != OrderStatus.Refused ? IllegalReason.LostRace : IllegalReason.AlreadyOver;
    }

    private IllegalReason TakeHere(OrderInput input)
    {
        bool isHeldOnly = input is OrderInput.Trigger or OrderInput.CancelHere or OrderInput.ExpireHere;
        if (isHeldOnly && !_isHeld) return IllegalReason.NotHeld;
        if (input == OrderInput.Hold && _isHeld) return IllegalReason.AlreadyDone;
        if (input == OrderInput.Trigger && _wasMetHere) return IllegalReason.AlreadyDone;

        if (input == OrderInput.Hold) _isHeld = true;
        else if (input == OrderInput.Trigger) _wasMetHere = true;
        else if (input == OrderInput.Send) _wasSent = true;
        else if (input == OrderInput.Refuse) _end = OrderStatus.Refused;
        else if (input == OrderInput.CancelHere) _end = OrderStatus.Canceled;
        else if (input == OrderInput.ExpireHere) _end = OrderStatus.Expired;
        else return IllegalReason.NotSent;
        return IllegalReason.None;
    }

    private IllegalReason TakeWhenSent(OrderInput input)
    {
        // Of ours.
        if (input is OrderInput.Hold or OrderInput.Send or OrderInput.Refuse or OrderInput.Trigger or OrderInput.CancelHere or OrderInput.ExpireHere) return IllegalReason.AlreadySent;
        if (input == OrderInput.SendCancel)
        {
            if (!_isInDoubt && _waitsForCancel) return IllegalReason.RequestOpen;
            _waitsForCancel = true;      // also of an order in doubt: a cancel is never refused
        }
        if (input == OrderInput.SendReplace)
        {
            if (_isInDoubt) return IllegalReason.InDoubt;
            if (_waitsForCancel || _waitsForReplace) return IllegalReason.RequestOpen;
            if (!IsKnownThere) return IllegalReason.NotAcknowledged;
            _waitsForReplace = true;
        }

        // Answers to what was asked.
        if (input == OrderInput.CancelRejected)
        {
            if (!_waitsForCancel) return IllegalReason.NeverAsked;
            _waitsForCancel = false;
        }
        if (input is OrderInput.Replaced or OrderInput.ReplaceRejected)
        {
            if (!_waitsForReplace) return IllegalReason.NeverAsked;
            _waitsForReplace = false;
        }

        // What the venue tells of a live order.
        if (input == OrderInput.Accepted) _wasAccepted = true;
        if (input == OrderInput.TriggeredThere) _wasTriggeredThere = true;
        if (input == OrderInput.PartFill) _hasFilled = true;

        // Ends.
        if (input is OrderInput.LastFill or OrderInput.FoundFilled) _end = OrderStatus.Filled;
        if (input is OrderInput.Expired or OrderInput.FoundExpired) _end = OrderStatus.Expired;
        if (input is OrderInput.Canceled or OrderInput.FoundCanceled) _end = Canceled;
        if (input == OrderInput.FoundRejected) _end = _hasFilled ? OrderStatus.CanceledAfterPartialFill : OrderStatus.Rejected;
        if (input == OrderInput.FoundMissing) _end = IsKnownThere ? Canceled : OrderStatus.Failed;
        if (input == OrderInput.Rejected)
        {
            if (IsKnownThere) _isInDoubt = true;
            else _end = OrderStatus.Rejected;
        }

        // Doubt and its end.
        if (input == OrderInput.Doubt) _isInDoubt = true;
        if (input == OrderInput.FoundLive)
        {
            _isInDoubt = false;
            _wasAccepted = true;
        }
        return IllegalReason.None;
    }

    private bool IsKnownThere => _wasAccepted || _hasFilled || _wasTriggeredThere;

    private OrderStatus Canceled => _hasFilled ? OrderStatus.CanceledAfterPartialFill : OrderStatus.Canceled;
}
