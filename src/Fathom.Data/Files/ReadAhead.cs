using System.Runtime.ExceptionServices;

namespace Fathom.Data.Files;

/// <summary>
/// Lets a second thread read ahead, into a bounded ring of blocks: decompression takes longer than everything that is done with the bytes after it,
/// so the two must overlap, and a slow reader must stop the fast producer. Nothing is allocated after the start; an error of the producer surfaces
/// in the reader, after the bytes that came before it.
/// </summary>
internal sealed class ReadAhead : IByteSource
{
    private const int BlockCount = 8;
    private const int BlockLength = 256 << 10;

    private readonly IByteSource _inner;
    private readonly byte[][] _blocks = new byte[BlockCount][];
    private readonly int[] _lengths = new int[BlockCount];      // 0 = the end, or the error
    private readonly SemaphoreSlim _free = new(BlockCount);
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _error;
    private volatile bool _isStopped;
    private int _block;
    private int _from;
    private bool _holdsBlock;
    private bool _isAtEnd;

    public ReadAhead(IByteSource inner)
    {
        _inner = inner;
        for (int i = 0; i < BlockCount; i++) _blocks[i] = GC.AllocateUninitializedArray<byte>(BlockLength, pinned: true);
        _thread = new Thread(ProduceOnReaderThread) { IsBackground = true, Name = "fathom read-ahead" };
        _thread.Start();
    }

    public long StoredPosition => _inner.StoredPosition;

    public bool IsTruncated => _inner.IsTruncated;

    public int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _isAtEnd) return 0;
        if (!_holdsBlock) TakeBlock();
        int length = _lengths[_block];
        if (length == 0)
        {
            _isAtEnd = true;
            _error?.Throw();
            return 0;
        }
        int count = Math.Min(length - _from, buffer.Length);
        _blocks[_block].AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        if (_from == length) GiveBlockBack();
        return count;
    }

    public void Dispose()
    {
        _isStopped = true;
        _free.Release();
        _thread.Join();
        _inner.Dispose();
        _free.Dispose();
        _filled.Dispose();
    }

    private void TakeBlock()
    {
        _filled.Wait();
        _holdsBlock = true;
        _from = 0;
    }

    private void GiveBlockBack()
    {
        _holdsBlock = false;
        _block = (_block + 1) % BlockCount;
        _free.Release();
    }

    private void ProduceOnReaderThread()
    {
        for (int block = 0; ; block = (block + 1) % BlockCount)
        {
            _free.Wait();
            if (_isStopped) return;
            int length = FillOnReaderThread(_blocks[block]);
            _lengths[block] = length;
            _filled.Release();
            if (length == 0) return;
        }
    }

    private int FillOnReaderThread(Span<byte> block)
    {
        int length = 0;
        try
        {
            while (length < block.Length && !_isStopped && _error is null)
            {
                int read = _inner.Read(block[length..]);
                if (read == 0) break;
                length += read;
            }
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
        return length;
    }
}
