using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>A command about an order that the venue has not answered.</summary>
internal struct OpenRequest
{
    /// <summary>Of the command; a number is given once.</summary>
    public long Approval { get; private set; }

    public bool IsOpen { get; private set; }

    private Timestamp _validUntil;

    public readonly Timestamp ValidUntil => _validUntil;

    public void Open(long approval, Timestamp validUntil) => (Approval, IsOpen, _validUntil) = (approval, true, validUntil);

    public void Open(in OrderCommand command) => Open(command.Approval, command.ValidUntil);

    public void Close() => IsOpen = false;

    /// <summary>At this time of the venue's clock it can no longer act on the command, should that still be on its way. Never of a command without an end.</summary>
    public readonly bool IsLostAt(Timestamp venueTime) => !_validUntil.IsNone && _validUntil.Nanos != 0 && venueTime > _validUntil;
}
