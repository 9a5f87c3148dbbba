using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fathom.Domain.Messages;

/// <summary>Reading and writing messages in buffers of bytes.</summary>
public static class Messages
{
    /// <summary>No message is longer: the header counts 8-byte words in one byte.</summary>
    public const int LengthMax = 255 * 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Words<T>() where T : unmanaged => checked((byte)(Unsafe.SizeOf<T>() / 8));

    /// <summary>The message's own bytes.</summary>
    public static ReadOnlySpan<byte> AsBytes<T>(in T message) where T : unmanaged =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in message, 1));

    /// <summary>Counts messages that stand back to back. Their lengths lead from one to the next, so bytes that came from elsewhere are asked here before they are walked through.</summary>
    /// <returns>False where the bytes are not whole messages.</returns>
    public static bool TryCount(ReadOnlySpan<byte> bytes, out int count)
    {
        for (count = 0; !bytes.IsEmpty; count++)
        {
            int length = bytes.Length < Unsafe.SizeOf<MessageHeader>() ? 0 : Header(bytes).Length;
            if (length < Unsafe.SizeOf<MessageHeader>() || length > bytes.Length) return false;
            bytes = bytes[length..];
        }
        return true;
    }

    /// <summary>The header at the start of <paramref name="bytes"/>; the caller has at least 24 bytes of whole messages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly MessageHeader Header(ReadOnlySpan<byte> bytes) => ref MemoryMarshal.AsRef<MessageHeader>(bytes);

    /// <summary>The message at the start of <paramref name="bytes"/>, whose header said that it is a <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T As<T>(ReadOnlySpan<byte> bytes) where T : unmanaged => ref MemoryMarshal.AsRef<T>(bytes);
}
