namespace Fathom.Journal.Files;

/// <summary>A block of messages on its way from the engine's thread to the writer's.</summary>
internal sealed class MessageBlock(int length)
{
    public readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    /// <summary>Bytes of messages in it.</summary>
    public int Length;

    /// <summary>Where they go.</summary>
    public SegmentFileWriter? Target;

    public ReadOnlySpan<byte> Content => Bytes.AsSpan(0, Length);
}
