using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Journal.Recordings;

namespace Fathom.Host.Replays;

/// <summary>Holds what an engine publishes to what was recorded, byte for byte and in order, and keeps the first difference.</summary>
internal sealed class PublishedComparison : IMessageSink
{
    private const long Nothing = long.MaxValue;

    private readonly RecordedMessages _recorded;
    private readonly RecordedMessages _inputs;

    /// <param name="recorded">Before its first message.</param>
    /// <param name="inputs">Of which the engine takes the current one.</param>
    public PublishedComparison(RecordedMessages recorded, RecordedMessages inputs)
    {
        _recorded = recorded;
        _inputs = inputs;
        Advance();
    }

    public ReplayDifference? Difference { get; private set; }

    /// <summary>Number of the input that caused the recorded output that is due next; the greatest number behind the last one.</summary>
    public long DueInput { get; private set; }

    public void Write(ReadOnlySpan<byte> messages)
    {
        if (Difference is not null) return;      // what comes after it follows from it
        if (DueInput != Nothing && messages.SequenceEqual(_recorded.Current)) Advance();
        else Note(_inputs.Number, DueInput != Nothing && DueInput <= _inputs.Number ? _recorded.Current.ToArray() : null, messages.ToArray());
    }

    /// <summary>The recorded output that is due did not come.</summary>
    public void NoteMissing() => Note(DueInput, _recorded.Current.ToArray(), null);

    private void Note(long input, byte[]? recorded, byte[]? replayed) =>
        Difference ??= new ReplayDifference(input, input == _inputs.Number && input > 0 ? _inputs.Current.ToArray() : null, _recorded.Number + (DueInput == Nothing ? 1 : 0), recorded, replayed);

    private void Advance() => DueInput = _recorded.Next() ? CauseOf(_recorded.Current) : Nothing;

    /// <summary>Every published message has an output header behind its own; what is shorter is none, and will differ.</summary>
    private static long CauseOf(ReadOnlySpan<byte> message) => message.Length >= Unsafe.SizeOf<MessageHeader>() + Unsafe.SizeOf<OutputHeader>()
        ? Unsafe.ReadUnaligned<OutputHeader>(in message[Unsafe.SizeOf<MessageHeader>()]).Cause
        : 0;
}
