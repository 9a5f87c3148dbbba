using System.Runtime.ExceptionServices;

namespace Fathom.Journal.Files;

/// <summary>
/// A bounded ring of blocks between the engine's thread, which fills them, and one thread that writes them. The engine never waits for a disk while a block is free; when none is,
/// it waits rather than lose a message. A failure of the writer surfaces on the engine's thread at its next block. Nothing is allocated after the start.
/// </summary>
internal sealed class BlockRing : IDisposable
{
    private readonly Stack<MessageBlock> _free = new();
    private readonly Queue<MessageBlock> _filled = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _freeCount;
    private readonly SemaphoreSlim _filledCount = new(0);
    private readonly Thread _thread;
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _isAbandoned;
    private bool _isEnded;

    public BlockRing(int blocks, int blockLength)
    {
        _freeCount = new SemaphoreSlim(blocks);
        _filled.EnsureCapacity(blocks + 1);
        for (int i = 0; i < blocks; i++) _free.Push(new MessageBlock(blockLength));
        _thread = new Thread(WriteOnWriterThread) { IsBackground = true, Name = "fathom recording" };
        _thread.Start();
    }

    /// <summary>An empty block, as soon as there is one.</summary>
    /// <exception cref="Domain.InputException">The writer could not write.</exception>
    public MessageBlock TakeFree()
    {
        _freeCount.Wait();
        _failure?.Throw();
        lock (_lock) return _free.Pop();
    }

    /// <summary>Hands a block over to be written.</summary>
    public void Hand(MessageBlock block)
    {
        lock (_lock) _filled.Enqueue(block);
        _filledCount.Release();
    }

    /// <summary>Waits until everything that was handed over is written. Nothing is handed over afterwards.</summary>
    /// <exception cref="Domain.InputException">The writer could not write.</exception>
    public void Finish()
    {
        End();
        _failure?.Throw();
    }

    /// <summary>What was not written yet is not written any more.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        End();
        _freeCount.Dispose();
        _filledCount.Dispose();
    }

    private void End()
    {
        if (_isEnded) return;
        _isEnded = true;
        _filledCount.Release();      // without a block: the end
        _thread.Join();
    }

    private void WriteOnWriterThread()
    {
        while (true)
        {
            _filledCount.Wait();
            MessageBlock? block;
            lock (_lock) _filled.TryDequeue(out block);
            if (block is null) return;
            WriteOnWriterThread(block);
            block.Length = 0;
            lock (_lock) _free.Push(block);
            _freeCount.Release();
        }
    }

    /// <summary>After a failure the blocks go round unwritten: whoever waits for one must wake to learn of it.</summary>
    private void WriteOnWriterThread(MessageBlock block)
    {
        if (_failure is not null || _isAbandoned) return;
        try
        {
            block.Target!.Write(block.Content);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
