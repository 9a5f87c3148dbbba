using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;

namespace Fathom.Engine.Loop;

/// <summary>Where commands leave. It takes only what the gate approved, in the order of approval, each once; it numbers and publishes them as they
/// come, and hands them to the venue at the end of the step.</summary>
internal sealed class Outbox(IVenue venue, Publisher publisher)
{
    private OrderCommand[] _waiting = new OrderCommand[16];
    private int _count;
    private long _lastApproval;

    /// <summary>Counts what leaves; null where no rule asks.</summary>
    public KillWatch? Watch { get; set; }

    /// <summary>Commands that were handed over.</summary>
    public long SentCount { get; private set; }

    /// <summary>Nothing that was approved waits to be handed over.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Goes on from where an earlier session was.</summary>
    public void Restore(long approvals) => _lastApproval = approvals;

    public void Post(in ApprovedCommand approved)
    {
        Invariant.Require(approved.Number == _lastApproval + 1, "every command that leaves was approved, once, and in this order");
        _lastApproval = approved.Number;
        if (_count == _waiting.Length) Array.Resize(ref _waiting, _count * 2);
        ref OrderCommand command = ref _waiting[_count++];
        command = approved.Command;
        publisher.Publish(ref command);
        Watch?.NoteMessage(in command);
    }

    public void Flush()
    {
        for (int i = 0; i < _count; i++) venue.Send(in _waiting[i]);
        SentCount += _count;
        _count = 0;
    }
}
