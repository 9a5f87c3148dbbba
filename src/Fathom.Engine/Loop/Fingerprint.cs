using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Loop;

/// <summary>What makes two runs the same run: a hash over the inputs consumed, the configuration, and every command, report and fill.</summary>
public sealed class Fingerprint
{
    private ulong _inputs = Start, _outputs = Start;
    private readonly ulong _configuration = Start;

    /// <param name="configuration">The canonical effective configuration.</param>
    public Fingerprint(ReadOnlySpan<byte> configuration) => _configuration = Mix(_configuration, configuration);

    /// <summary>Names the journal of this run, and so every order.</summary>
    public ulong JournalId => _configuration;

    /// <summary>Hexadecimal digits over everything so far.</summary>
    public override string ToString() => $"{_inputs:x16}{_configuration ^ _outputs:x16}";

    internal void AddInput(ReadOnlySpan<byte> message)
    {
        if (Messages.Header(message).Type == MessageType.MarketByOrder && Messages.As<MarketByOrder>(message).SlotHint != 0) AddWithoutHint(message);
        else _inputs = Mix(_inputs, message);
    }

    internal void AddOutput(ReadOnlySpan<byte> message) => _outputs = Mix(_outputs, message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddWithoutHint(ReadOnlySpan<byte> message)
    {
        MarketByOrder copy = Messages.As<MarketByOrder>(message);
        copy.SlotHint = 0;
        _inputs = Mix(_inputs, Messages.AsBytes(in copy));
    }

    private const ulong Start = 14695981039346656037;

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
